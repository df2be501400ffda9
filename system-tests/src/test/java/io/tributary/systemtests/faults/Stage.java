package io.tributary.systemtests.faults;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.tools.local.ClosingStack;
import io.tributary.tools.local.ConnectRest;
import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.LocalKafka;
import io.tributary.tools.local.Ports;
import io.tributary.tools.local.TributaryHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** Broker, BigQuery and workers, each a process of its own. */
final class Stage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final ClosingStack parts = new ClosingStack();
  private final TributaryHome home = TributaryHome.locate();
  private final Ports ports = new Ports(note -> {});
  private final LocalFolder folder;
  private final String bootstrap;
  private final String heap;
  private final JavaProcess broker;
  private final Path brokerSettings;
  private final Admin admin;
  private final Warehouse warehouse;
  private final Path plugins;
  private final List<Member> members = new ArrayList<>();

  /** Starts everything with so many workers, of 1 GB. */
  Stage(int workers) {
    this(workers, "1g");
  }

  /** The same with workers of a heap of their own. */
  Stage(int workers, String heap) {
    this.heap = heap;
    folder = parts.add(LocalFolder.create("tributary-faults"));
    try {
      int port = ports.any();
      bootstrap = "127.0.0.1:" + port;
      brokerSettings = LocalKafka.prepare(folder, port, ports.any());
      broker =
          parts.add(
              new JavaProcess(
                  "broker", folder, "512m", "kafka.Kafka", List.of(brokerSettings.toString())));
      warehouse = parts.add(new Warehouse(folder, ports));
      admin = parts.add(Admin.create(Map.of("bootstrap.servers", bootstrap)));
      plugins = folder.resolve("plugins");
      home.unpackPlugin(plugins);
      for (int i = 0; i < workers; i++) {
        members.add(member());
      }
      members.forEach(Member::awaitReady);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** One more worker, which is not waited for. */
  Member member() {
    return parts.add(new Member(home, folder, plugins, ports, bootstrap, warehouse, heap));
  }

  LocalFolder folder() {
    return folder;
  }

  Ports ports() {
    return ports;
  }

  TributaryHome home() {
    return home;
  }

  String bootstrap() {
    return bootstrap;
  }

  Admin admin() {
    return admin;
  }

  JavaProcess broker() {
    return broker;
  }

  /** The settings of the broker, in a file. */
  Path brokerSettings() {
    return brokerSettings;
  }

  Warehouse warehouse() {
    return warehouse;
  }

  List<Member> members() {
    return members;
  }

  /** Any worker that answers. */
  ConnectRest connect() {
    return await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> members.stream().filter(Member::reachable).findFirst(),
            found -> found.isPresent())
        .orElseThrow()
        .connect();
  }

  /** Creates or changes a connector. */
  void put(String connector, Map<String, String> config) {
    ObjectNode body = JSON.valueToTree(config);
    ask(rest -> rest.put(connector, body));
  }

  void delete(String connector) {
    ask(rest -> rest.delete(connector));
  }

  /** Asks any worker, again as long as the group is rebalancing. */
  void ask(Consumer<ConnectRest> request) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(300))
        .ignoreException(ConnectRest.RefusedException.class)
        .until(
            () -> {
              request.accept(connect());
              return true;
            });
  }

  @Override
  public void close() {
    parts.close();
  }
}
