/** The parts of a pipeline on one machine: database, broker, Connect worker; each closes itself. */
package io.tributary.tools.local;
