package io.tributary.bigquery.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** The keys of where the tables are, and of how the sink gets there. */
final class ServiceKeys {
  private ServiceKeys() {}

  static void define(ConfigDef keys) {
    destination(new KeyGroup(keys, "Destination"));
    credentials(new KeyGroup(keys, "Credentials"));
    endpoints(new KeyGroup(keys, "Endpoints"));
  }

  private static void destination(KeyGroup group) {
    group.must(Keys.PROJECT, Rules.requiredProject(), "Google Cloud project of the tables.");
    group.must(
        Keys.DATASET,
        Rules.requiredDataset(),
        "Dataset of the tables. It must exist, unless `auto.create.datasets` is `true`.");
    group.text(
        Keys.LOCATION,
        Rules.location(),
        Importance.MEDIUM,
        "The dataset's location, for example `EU` or `europe-west1`. Empty: asked of the dataset.");
    group.text(
        Keys.JOB_PROJECT,
        Rules.project(),
        Importance.MEDIUM,
        "Project in which jobs run and are billed. Empty: `project`. All connectors that write one"
            + " table must name the same.");
    group.text(
        Keys.QUOTA_PROJECT,
        Rules.project(),
        Importance.LOW,
        "Project whose API quota is used. Empty: the credentials' own.");
    group.text(
        Keys.STAGING_DATASET,
        Rules.dataset(),
        Importance.MEDIUM,
        "Dataset of the staging tables, in the same location. Empty: `dataset`.");
  }

  private static void credentials(KeyGroup group) {
    group.choice(
        Keys.CREDENTIALS_MODE,
        Keys.MODE_DEFAULT,
        Importance.HIGH,
        "Where the credentials come from: the worker's application default credentials, a"
            + " service-account key in a file on the worker, such a key in `credentials.json`, or"
            + " none (for an emulator). Instead of a key, an account of another identity provider"
            + " can be named, if the worker allows it: see docs/security.md.",
        Keys.MODE_DEFAULT,
        Keys.MODE_FILE,
        Keys.MODE_JSON,
        Keys.MODE_NONE);
    group.text(
        Keys.CREDENTIALS_FILE,
        null,
        Importance.MEDIUM,
        "Path of the service-account key on the worker. If the worker's system property"
            + " `tributary.credentials.directory` is set, the file must lie in that directory.");
    group.add(
        Keys.CREDENTIALS_JSON,
        ConfigDef.Type.PASSWORD,
        "",
        null,
        Importance.MEDIUM,
        "The service-account key itself. Use a config provider rather than the plain text.");
    group.text(
        Keys.CREDENTIALS_IMPERSONATE,
        Rules.serviceAccount(),
        Importance.LOW,
        "Service account to act as. The loaded credentials must be allowed to create its tokens.");
  }

  private static void endpoints(KeyGroup group) {
    group.text(
        Keys.ENDPOINT_REST,
        null,
        Importance.LOW,
        "Root of BigQuery's REST service: `http://host:port` of an emulator, or `https://` and a"
            + " host under googleapis.com. Empty: the public one.");
    group.text(
        Keys.ENDPOINT_GRPC,
        null,
        Importance.LOW,
        "`host:port` of the Storage Write API: an emulator's, or a host under googleapis.com."
            + " Empty: the public one.");
    group.flag(
        Keys.ENDPOINT_PLAINTEXT,
        false,
        "Speak without TLS, to an emulator. Needs both endpoints and `credentials.mode=none`;"
            + " refused with any credentials.");
    group.flag(
        Keys.ENDPOINT_REGIONAL,
        false,
        "Use the regional endpoints of `location`, so that data stays in the region on its way.");
  }
}
