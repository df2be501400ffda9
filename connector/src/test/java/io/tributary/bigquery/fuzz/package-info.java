/** Records that are wrong in every way that Connect lets through, among healthy ones. */
package io.tributary.bigquery.fuzz;
