package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.WriteStream;
import io.tributary.emulator.catalog.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The streams that applications created. Thread-safe. */
final class Streams {
  /** How many streams are created before expired ones are looked for. */
  private static final int SWEEP = 256;

  private final Map<StreamName, StreamState> byName = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();
  private final Clock clock;

  Streams(Clock clock) {
    this.clock = clock;
  }

  StreamState create(StreamName.Parent parent, WriteStream.Type type, TableDefinition definition) {
    String random = UUID.randomUUID().toString();
    String id =
        Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(random.getBytes(StandardCharsets.UTF_8))
            + ":s"
            + count.incrementAndGet();
    StreamName name = parent.stream(id);
    StreamState state = new StreamState(name, type, clock.instant(), definition.created());
    byName.put(name, state);
    if (count.get() % SWEEP == 0) {
      byName.values().removeIf(other -> !lives(other));
    }
    return state;
  }

  private boolean lives(StreamState state) {
    return state.expires().isAfter(clock.instant());
  }

  /** The type of a stream that was created at some time and is not forgotten. */
  Optional<WriteStream.Type> type(StreamName name) {
    return Optional.ofNullable(byName.get(name)).map(StreamState::type);
  }

  /** The stream, unless it has expired, or its table is gone or was made anew since. */
  Optional<StreamState> find(StreamName name, Optional<TableDefinition> table) {
    StreamState state = byName.get(name);
    boolean lives =
        state != null
            && lives(state)
            && table.isPresent()
            && state.tableCreated().equals(table.get().created());
    if (!lives) {
      byName.remove(name);
    }
    return lives ? Optional.of(state) : Optional.empty();
  }
}
