package io.tributary.bigquery.testkit;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What this process prints and logs until it is closed. */
public final class Capture implements AutoCloseable {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Handler handler = new Kept();

  public Capture() {
    System.setOut(both(out));
    System.setErr(both(err));
    Logger.getLogger("").addHandler(handler);
  }

  private PrintStream both(PrintStream shown) {
    return new PrintStream(
        new OutputStream() {
          @Override
          public void write(int b) {
            shown.write(b);
            kept.write(b);
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            shown.write(bytes, from, length);
            kept.write(bytes, from, length);
          }
        },
        true,
        StandardCharsets.UTF_8);
  }

  /** Everything so far. */
  public String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    Logger.getLogger("").removeHandler(handler);
  }

  /** What libraries log by Java's own logging, whose console was chosen before. */
  private final class Kept extends Handler {
    @Override
    public void publish(LogRecord entry) {
      kept.writeBytes(new SimpleFormatter().format(entry).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
