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
  private final JavaProcess broker;
  private final Admin admin;
  private final Warehouse warehouse;
  private final Path plugins;
  private final List<Member> members = new ArrayList<>();

  /** Starts everything with so many workers. */
  Stage(int workers) {
    folder = parts.add(LocalFolder.create("tributary-faults"));
    try {
      int port = ports.any();
      bootstrap = "127.0.0.1:" + port;
      Path settings = LocalKafka.prepare(folder, port, ports.any());
      broker =
          parts.add(
              new JavaProcess(
                  "broker", folder, "512m", "kafka.Kafka", List.of(settings.toString())));
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
    return parts.add(new Member(home, folder, plugins, ports, bootstrap, warehouse));
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

  void create(String connector, Map<String, String> config) {
    ObjectNode body = JSON.createObjectNode().put("name", connector);
    body.set("config", JSON.valueToTree(config));
    // refused as long as the group is rebalancing
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(300))
        .ignoreException(ConnectRest.RefusedException.class)
        .until(
            () -> {
              connect().create(body);
              return true;
            });
  }

  void delete(String connector) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(300))
        .ignoreException(ConnectRest.RefusedException.class)
        .until(
            () -> {
              connect().delete(connector);
              return true;
            });
  }

  @Override
  public void close() {
    parts.close();
  }
}
