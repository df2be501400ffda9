package io.tributary.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.tools.local.LocalFolder;
import io.tributary.tools.local.LocalPostgres;
import io.tributary.tools.local.Ports;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  @Test
  void everyKindOfChangeHappensEvenInNoTime() throws Exception {
    long rows = 700;
    try (LocalFolder folder = LocalFolder.create("tributary-test");
        LocalPostgres postgres = LocalPostgres.start(folder, new Ports(note -> {}).any())) {
      Shop shop = Shop.open(postgres, rows);
      try (Connection connection = shop.connect();
          Workload workload = Workload.start(shop, rows)) {
        assertThat(Shop.count(connection).values().stream().mapToLong(Long::longValue).sum())
            .isGreaterThanOrEqualTo(rows);
        workload.addColumn();
        workload.finish();

        assertThat(workload.counts().missing()).isEmpty();
        assertThat(Shop.count(connection).values()).allMatch(count -> count > 0);
      }
    }
  }
}
