/** The emulator as an extension of JUnit. */
package io.tributary.emulator.junit;
