package io.tributary.emulator;

import io.tributary.emulator.engine.ChangeOptions;
import io.tributary.emulator.engine.Storage;
import io.tributary.emulator.limits.Quotas;
import io.tributary.emulator.write.AppendedRows;
import io.tributary.emulator.write.WriteChoices;
import io.tributary.emulator.write.WriteLimits;
import java.nio.file.Path;
import java.time.Clock;

/**
 * How an emulator starts.
 *
 * @param project the project that {@code projects.list} shows; others work, too
 * @param location of datasets and jobs that name none
 * @param restPort 0 takes a free one
 * @param grpcPort 0 takes a free one
 * @param storage where the tables are kept
 * @param clock tells the time of everything
 * @param jobThreads how many jobs run at a time
 * @param limits limits of the Storage Write API
 * @param appendedRows what becomes of rows that the Storage Write API took
 * @param writeChoices what is not documented of the Storage Write API
 * @param changes what is not documented of change data capture
 * @param quotas what calls and statements are refused beyond
 */
public record EmulatorOptions(
    String project,
    String location,
    int restPort,
    int grpcPort,
    Storage storage,
    Clock clock,
    int jobThreads,
    WriteLimits limits,
    AppendedRows appendedRows,
    WriteChoices writeChoices,
    ChangeOptions changes,
    Quotas quotas) {

  /** Free ports, memory, the service's limits. */
  public static EmulatorOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private String project = "local";
    private String location = "US";
    private int restPort;
    private int grpcPort;
    private Storage storage = Storage.of(null);
    private Clock clock = Clock.systemUTC();
    private int jobThreads = 32;
    private WriteLimits limits = WriteLimits.SERVICE;
    private AppendedRows appendedRows = AppendedRows.KEPT;
    private WriteChoices writeChoices = WriteChoices.defaults();
    private ChangeOptions changes = ChangeOptions.defaults();
    private Quotas quotas = Quotas.UNLIMITED;

    private Builder() {}

    /** The project that {@code projects.list} shows. */
    public Builder project(String value) {
      project = value;
      return this;
    }

    /** The location of datasets and jobs that name none. */
    public Builder location(String value) {
      location = value;
      return this;
    }

    /** The port of the REST API; 0 takes a free one. */
    public Builder restPort(int value) {
      restPort = value;
      return this;
    }

    /** The port of the Storage Write API; 0 takes a free one. */
    public Builder grpcPort(int value) {
      grpcPort = value;
      return this;
    }

    /** Where the tables are kept; null keeps them in memory. */
    public Builder dataFile(Path value) {
      storage = new Storage(value, storage.memory());
      return this;
    }

    /** How much memory the database may take before it turns to the disk, such as {@code 2GB}. */
    public Builder memory(String value) {
      storage = new Storage(storage.file(), value);
      return this;
    }

    /** Tells the time of everything. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /** How many jobs run at a time. */
    public Builder jobThreads(int value) {
      jobThreads = value;
      return this;
    }

    /** The limits of the Storage Write API. */
    public Builder limits(WriteLimits value) {
      limits = value;
      return this;
    }

    /** What becomes of rows that the Storage Write API took. */
    public Builder appendedRows(AppendedRows value) {
      appendedRows = value;
      return this;
    }

    /** What is not documented of the Storage Write API. */
    public Builder writeChoices(WriteChoices value) {
      writeChoices = value;
      return this;
    }

    /** What is not documented of change data capture. */
    public Builder changes(ChangeOptions value) {
      changes = value;
      return this;
    }

    /** What calls and statements are refused beyond. */
    public Builder quotas(Quotas value) {
      quotas = value;
      return this;
    }

    /** The options so far. */
    public EmulatorOptions build() {
      return new EmulatorOptions(
          project,
          location,
          restPort,
          grpcPort,
          storage,
          clock,
          jobThreads,
          limits,
          appendedRows,
          writeChoices,
          changes,
          quotas);
    }
  }
}
