package io.tributary.emulator.write;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/** Reads one value of a column from the wire and checks it. */
@FunctionalInterface
interface ValueReader {
  /** The value as the engine takes it. */
  Object read(CodedInputStream in) throws IOException, CellException;
}
