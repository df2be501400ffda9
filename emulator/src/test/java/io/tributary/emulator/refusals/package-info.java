/** Shows that for every refusal of the emulator there is a test that fails without it. */
package io.tributary.emulator.refusals;
