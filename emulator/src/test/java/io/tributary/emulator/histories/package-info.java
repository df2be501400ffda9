/** Random histories of writes, and a small model that predicts what comes of them. */
package io.tributary.emulator.histories;
