/** Scripted faults, and counts of calls. */
package io.tributary.emulator.faults;
