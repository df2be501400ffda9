/** The Storage Write API: streams, offsets, commits, and the decoding of protobuf rows. */
package io.tributary.emulator.write;
