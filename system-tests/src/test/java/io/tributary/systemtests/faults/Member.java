package io.tributary.systemtests.faults;

import io.tributary.bigquery.faults.Mode;
import io.tributary.bigquery.testkit.CuttingProxy;
import io.tributary.systemtests.LocalSink;
import io.tributary.tools.local.ConnectRest;
import io.tributary.tools.local.ConnectWorker;
import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.Ports;
import io.tributary.tools.local.TributaryHome;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A worker of the group. It has ways of its own to BigQuery, two for each mode. */
final class Member implements AutoCloseable {
  /** It is started often, and lives for minutes. */
  private static final String START_QUICKLY =
      " -XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

  private final Map<Mode, CuttingProxy> rest = new EnumMap<>(Mode.class);
  private final Map<Mode, CuttingProxy> grpc = new EnumMap<>(Mode.class);
  private final Gauges gauges;
  private final ConnectWorker worker;
  private boolean frozen;
  private boolean ready;

  Member(
      TributaryHome home,
      LocalFolder folder,
      Path plugins,
      Ports ports,
      String bootstrap,
      Warehouse warehouse,
      String heap) {
    int watched = ports.any();
    Map<String, String> environment = new HashMap<>();
    environment.put("JDK_JAVA_OPTIONS", Gauges.options(watched) + START_QUICKLY);
    // outweighs the command's own
    environment.put("_JAVA_OPTIONS", "-Xmx" + heap);
    for (Mode mode : Mode.values()) {
      rest.put(mode, new CuttingProxy(warehouse.restPort()));
      grpc.put(mode, new CuttingProxy(warehouse.grpcPort()));
      environment.put(restVariable(mode), "http://127.0.0.1:" + rest.get(mode).port());
      environment.put(grpcVariable(mode), "127.0.0.1:" + grpc.get(mode).port());
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("session.timeout.ms", "4000");
    settings.put("heartbeat.interval.ms", "800");
    settings.put("rebalance.timeout.ms", "20000");
    settings.put("offset.flush.interval.ms", "500");
    settings.put("consumer.session.timeout.ms", "4000");
    settings.put("consumer.heartbeat.interval.ms", "800");
    settings.put("consumer.max.poll.interval.ms", "30000");
    settings.put("metrics.sample.window.ms", "1000");
    settings.put("config.providers", "env");
    settings.put(
        "config.providers.env.class",
        "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
    worker =
        ConnectWorker.start(
            folder,
            new ConnectWorker.Options(
                home, List.of(plugins), bootstrap, ports.any(), settings, environment));
    gauges = new Gauges(watched);
  }

  /** The configuration of a sink of a mode, which lacks its topics. */
  static Map<String, String> sink(Mode mode, String dataset) {
    String rest = "${env:" + restVariable(mode) + "}";
    String grpc = "${env:" + grpcVariable(mode) + "}";
    Map<String, String> config = LocalSink.config(Warehouse.PROJECT, dataset, rest, grpc);
    config.put("write.mode", mode.spelling());
    return config;
  }

  private static String restVariable(Mode mode) {
    return "REST_" + mode.name().toUpperCase(Locale.ROOT);
  }

  private static String grpcVariable(Mode mode) {
    return "GRPC_" + mode.name().toUpperCase(Locale.ROOT);
  }

  /** As Connect names it. */
  String name() {
    return worker.rest().getAuthority();
  }

  ConnectRest connect() {
    return new ConnectRest(worker.rest());
  }

  void awaitReady() {
    worker.awaitRest();
    ready = true;
  }

  /** Whether it is neither frozen nor starting, as far as this process knows. */
  boolean reachable() {
    if (!frozen && !ready) {
      ready = connect().answers();
    }
    return ready && !frozen;
  }

  CuttingProxy grpc(Mode mode) {
    return grpc.get(mode);
  }

  /** Both ways of a mode. */
  List<CuttingProxy> ways(Mode mode) {
    return List.of(rest.get(mode), grpc.get(mode));
  }

  /** All its ways to BigQuery. */
  List<CuttingProxy> ways() {
    return Stream.concat(rest.values().stream(), grpc.values().stream()).toList();
  }

  Gauges gauges() {
    return gauges;
  }

  /** SIGKILL, and a new process at once. */
  void killAndRestart() {
    ready = false;
    worker.killHard();
    worker.restart();
  }

  void killHard() {
    ready = false;
    worker.killHard();
  }

  void freeze() {
    frozen = true;
    worker.freeze();
  }

  void thaw() {
    worker.thaw();
    frozen = false;
  }

  Path log() {
    return worker.log();
  }

  @Override
  public void close() {
    gauges.close();
    worker.close();
    ways().forEach(CuttingProxy::close);
  }
}
