package io.tributary.tools.local;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.DatasetInfo;
import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import io.tributary.emulator.jobs.JobRecord;
import java.util.List;

/** The BigQuery emulator in this JVM, and Google's client for it. */
public final class LocalBigQuery implements AutoCloseable {
  /** The only project. */
  public static final String PROJECT = "tributary-demo";

  /** Where its datasets are. */
  public static final String LOCATION = "EU";

  private final BigQueryEmulator emulator;
  private final BigQuery client;

  private LocalBigQuery(BigQueryEmulator emulator, BigQuery client) {
    this.emulator = emulator;
    this.client = client;
  }

  /** Starts the emulator on these ports of 127.0.0.1. */
  public static LocalBigQuery start(int restPort, int grpcPort) {
    BigQueryEmulator emulator =
        BigQueryEmulator.start(
            EmulatorOptions.builder()
                .project(PROJECT)
                .location(LOCATION)
                .restPort(restPort)
                .grpcPort(grpcPort)
                .build());
    BigQuery client =
        BigQueryOptions.newBuilder()
            .setHost("http://127.0.0.1:" + emulator.restPort())
            .setProjectId(PROJECT)
            .setLocation(LOCATION)
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    return new LocalBigQuery(emulator, client);
  }

  /** Creates an empty dataset. */
  public void createDataset(String dataset) {
    client.create(DatasetInfo.newBuilder(PROJECT, dataset).setLocation(LOCATION).build());
  }

  /** Google's client. Thread-safe. */
  public BigQuery client() {
    return client;
  }

  /** The jobs that ended with an error, oldest first; statements of scripts among them. */
  public List<JobRecord> failedJobs() {
    return emulator.jobs().stream().filter(job -> job.errorMessage() != null).toList();
  }

  /** The root of the REST interface. */
  public String restUrl() {
    return "http://127.0.0.1:" + emulator.restPort();
  }

  /** Host and port of the Storage Write API. */
  public String grpcAddress() {
    return "127.0.0.1:" + emulator.grpcPort();
  }

  /** Stops the emulator; its data is gone. */
  @Override
  public void close() {
    emulator.close();
  }
}
