package io.tributary.emulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.faults.CallCounts;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.faults.Faults;
import io.tributary.emulator.jobs.Jobs;
import io.tributary.emulator.write.AppendRecord;
import io.tributary.emulator.write.CommitRecord;
import io.tributary.emulator.write.WriteLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What tests in other languages need: the script of faults and what the emulator has seen. None of
 * it is part of BigQuery; nothing here is counted or struck by a fault.
 */
final class ControlRoutes {
  private final Faults faults;
  private final CallCounts counts;
  private final WriteLog log;
  private final Jobs jobs;
  private final Reset reset;
  private final Map<Integer, Placed> placed = new ConcurrentSkipListMap<>();
  private final AtomicInteger ids = new AtomicInteger();

  private record Placed(ObjectNode order, Fault fault) {}

  ControlRoutes(Faults faults, CallCounts counts, WriteLog log, Jobs jobs, Reset reset) {
    this.faults = faults;
    this.counts = counts;
    this.log = log;
    this.jobs = jobs;
    this.reset = reset;
  }

  List<Route> routes() {
    String one = "emulator/faults/{fault}";
    return List.of(
        Route.of("POST", "emulator/faults", "emulator.faults.insert", this::place),
        Route.of("GET", "emulator/faults", "emulator.faults.list", this::list),
        Route.of("GET", one, "emulator.faults.get", this::get),
        Route.of("POST", one + "/release", "emulator.faults.release", this::release),
        Route.of("DELETE", one, "emulator.faults.delete", this::remove),
        Route.of("GET", "emulator/calls", "emulator.calls", this::calls),
        Route.of("GET", "emulator/appends", "emulator.appends", this::appends),
        Route.of("GET", "emulator/commits", "emulator.commits", this::commits),
        Route.of("GET", "emulator/jobs", "emulator.jobs", this::jobs),
        Route.of("POST", "emulator/reset", "emulator.reset", this::reset));
  }

  private Answer place(RestCall call) {
    Fault fault = FaultOrder.read(call.body()).place(faults);
    int id = ids.incrementAndGet();
    placed.put(id, new Placed(call.body(), fault));
    return Answer.ok(write(id));
  }

  private Answer list(RestCall call) {
    ObjectNode body = Json.object();
    ArrayNode array = body.putArray("faults");
    placed.keySet().forEach(id -> array.add(write(id)));
    return Answer.ok(body);
  }

  private Answer get(RestCall call) {
    return Answer.ok(write(find(call)));
  }

  private Answer release(RestCall call) {
    int id = find(call);
    placed.get(id).fault().release();
    return Answer.ok(write(id));
  }

  private Answer remove(RestCall call) {
    int id = find(call);
    ObjectNode last = write(id);
    placed.remove(id).fault().close();
    return Answer.ok(last);
  }

  private int find(RestCall call) {
    String id = call.path().get("fault");
    return placed.keySet().stream()
        .filter(known -> known.toString().equals(id))
        .findFirst()
        .orElseThrow(() -> BigQueryError.notFound("Not found: fault " + id));
  }

  private ObjectNode write(int id) {
    Placed one = placed.get(id);
    ObjectNode json = Json.object().put("id", String.valueOf(id));
    json.setAll(one.order());
    return json.put("fired", one.fault().fired()).put("waiting", one.fault().waiting());
  }

  private Answer reset(RestCall call) {
    reset();
    return Answer.ok(Json.object());
  }

  void reset() {
    placed.clear();
    reset.run();
  }

  private Answer calls(RestCall call) {
    ObjectNode body = Json.object();
    counts.byMethod().forEach(body::put);
    return Answer.ok(body);
  }

  private Answer appends(RestCall call) {
    ObjectNode body = Json.object();
    ArrayNode array = body.putArray("appends");
    for (AppendRecord append : last(call, log.appends())) {
      array
          .addObject()
          .put("stream", append.stream())
          .put("offset", append.offset())
          .put("rows", append.rows())
          .put("connection", append.connection())
          .put("traceId", append.traceId())
          .put("when", append.when().toString())
          .put("outcome", append.outcome());
    }
    return Answer.ok(body);
  }

  private Answer commits(RestCall call) {
    ObjectNode body = Json.object();
    ArrayNode array = body.putArray("commits");
    for (CommitRecord commit : last(call, log.commits())) {
      ObjectNode json = array.addObject().put("table", commit.table().toString());
      commit.streams().forEach(json.putArray("streams")::add);
      json.put("rows", commit.rows())
          .put("when", commit.when().toString())
          .put("outcome", commit.outcome());
    }
    return Answer.ok(body);
  }

  private Answer jobs(RestCall call) {
    ObjectNode body = Json.object();
    ArrayNode array = body.putArray("jobs");
    last(call, jobs.all()).forEach(job -> array.add(JobJson.write(job)));
    return Answer.ok(body);
  }

  /** The last entries, as many as are asked for. */
  private static <T> List<T> last(RestCall call, List<T> all) {
    int wanted = call.number("last", all.size());
    return all.subList(Math.max(0, all.size() - Math.max(0, wanted)), all.size());
  }
}
