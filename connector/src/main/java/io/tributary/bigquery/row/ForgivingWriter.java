package io.tributary.bigquery.row;

/** Leaves out values that do not fit, so that their column gets NULL. */
record ForgivingWriter(ValueWriter writer, Runnable counted) implements ValueWriter {
  @Override
  public void write(WireOut out, int number, Object value) {
    int before = out.size();
    try {
      writer.write(out, number, value);
    } catch (Unfit unfit) {
      out.cut(before);
      counted.run();
    }
  }
}
