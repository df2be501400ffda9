/** How fast the emulator takes rows. */
package io.tributary.tools.bench;
