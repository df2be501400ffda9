/** Changes the emulator's classes while it runs, to show that the tests notice. */
package io.tributary.emulator.surgery;
