package io.tributary.bigquery.row;

/** Writes values that do not fit as text into a second column, and leaves out the first. */
record TwinWriter(ValueWriter writer, Form form, int twin, Runnable counted)
    implements ValueWriter {
  @Override
  public void write(WireOut out, int number, Object value) {
    int before = out.size();
    try {
      writer.write(out, number, value);
    } catch (Unfit unfit) {
      out.cut(before);
      out.string(twin, form.text(value));
      counted.run();
    }
  }
}
