package io.tributary.emulator.contract;

/** Addresses of the public pages that the contract quotes most. */
public final class Sources {
  private static final String DOCS = "https://cloud.google.com/bigquery/docs/";
  private static final String SQL = DOCS + "reference/standard-sql/";
  private static final String REST = DOCS + "reference/rest/v2/";

  public static final String WRITE_API = DOCS + "write-api";
  public static final String WRITE_API_BATCH = DOCS + "write-api-batch";
  public static final String WRITE_API_STREAMING = DOCS + "write-api-streaming";
  public static final String WRITE_API_BEST_PRACTICES = DOCS + "write-api-best-practices";
  public static final String SUPPORTED_DATA_TYPES = DOCS + "supported-data-types";
  public static final String DEFAULT_VALUES = DOCS + "default-values";
  public static final String CHANGE_DATA_CAPTURE = DOCS + "change-data-capture";
  public static final String SCHEMAS = DOCS + "schemas";
  public static final String MANAGING_SCHEMAS = DOCS + "managing-table-schemas";
  public static final String PRIMARY_KEYS = DOCS + "primary-foreign-keys";
  public static final String PARTITIONED_TABLES = DOCS + "partitioned-tables";
  public static final String CLUSTERED_TABLES = DOCS + "clustered-tables";
  public static final String DML = DOCS + "data-manipulation-language";
  public static final String TRANSACTIONS = DOCS + "transactions";
  public static final String ERROR_MESSAGES = DOCS + "error-messages";
  public static final String LOCATIONS = DOCS + "locations";
  public static final String QUOTAS = "https://cloud.google.com/bigquery/quotas";

  public static final String SQL_DDL = SQL + "data-definition-language";
  public static final String SQL_DML = SQL + "dml-syntax";
  public static final String SQL_TYPES = SQL + "data-types";
  public static final String SQL_QUERY = SQL + "query-syntax";
  public static final String SQL_SCRIPTS = SQL + "procedural-language";
  public static final String SQL_JSON = SQL + "json_functions";

  public static final String REST_TABLES = REST + "tables";
  public static final String REST_DATASETS = REST + "datasets";
  public static final String REST_TABLEDATA_LIST = REST + "tabledata/list";
  public static final String REST_TABLEDATA_INSERT = REST + "tabledata/insertAll";
  public static final String REST_JOB = REST + "Job";
  public static final String REST_JOB_REFERENCE = REST + "JobReference";
  public static final String REST_JOBS_QUERY = REST + "jobs/query";
  public static final String REST_QUERY_RESULTS = REST + "jobs/getQueryResults";

  private static final String CLIENT =
      "https://github.com/googleapis/java-bigquerystorage/tree/main/google-cloud-bigquerystorage/src/";

  /** Integration tests of Google's Java client, which run against the service. */
  public static final String CLIENT_TESTS =
      CLIENT + "test/java/com/google/cloud/bigquery/storage/v1/it";

  /** Google's Java client, where it relies on the service. */
  public static final String CLIENT_CODE =
      CLIENT + "main/java/com/google/cloud/bigquery/storage/v1";

  /** The comments of storage.proto and stream.proto. */
  public static final String PROTO =
      "https://github.com/googleapis/googleapis/tree/master/google/cloud/bigquery/storage/v1";

  /** Integration tests of Google's Go client, which run against the service. */
  public static final String GO_TESTS =
      "https://github.com/googleapis/google-cloud-go/blob/main/bigquery/storage/managedwriter/integration_test.go";

  /** System tests of Google's Node.js client, which run against the service. */
  public static final String NODE_TESTS =
      "https://github.com/googleapis/google-cloud-node/tree/main/handwritten/bigquery-storage";

  /** Measurements of the service, dated 2026, in its documents and decision records. */
  public static final String FLINK_GCP =
      "https://github.com/flink-gcp/flink-connector-gcp/tree/main/docs";

  /** A Rust client with tests against the service, and notes of what they found. */
  public static final String BIGQUERY_RS = "https://github.com/abdolence/bigquery-rs";

  private Sources() {}
}
