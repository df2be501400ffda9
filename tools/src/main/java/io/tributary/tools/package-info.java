/** The {@code tributary} command. */
package io.tributary.tools;
