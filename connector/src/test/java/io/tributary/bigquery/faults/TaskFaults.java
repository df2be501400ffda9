package io.tributary.bigquery.faults;

import static io.tributary.bigquery.faults.ServiceFaults.stock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.tributary.emulator.catalog.TableRef;
import io.tributary.emulator.faults.CallMatch;
import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.faults.Fault;
import io.tributary.emulator.jobs.JobRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Tasks that die, freeze or meet, at each step of a cycle. */
final class TaskFaults {
  private static final Duration LONG = Duration.ofMinutes(1);

  private TaskFaults() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.add(
        Case.every(
            "12",
            "a task freezes before its commit, another takes over and goes on, it wakes",
            TaskFaults::frozen));
    cases.add(
        Case.merge(
            "M1",
            "the answer to a batch commit is lost",
            run -> {
              stock(run, 20);
              CallMatch commit = CallMatch.of("BatchCommitWriteStreams").onTable(run.target());
              run.armed("lost commit", run.faults().loseAnswer(commit.nth(1)));
              run.worker().finish();
            }));
    cases.add(
        Case.merge(
            "M2",
            "a task dies between seal and job",
            run -> dies(run, run.faults().delay(chainJob().nth(1), LONG))));
    for (String step : List.of("tombstones", "MERGE", "marks")) {
      cases.add(
          Case.merge(
              "M3 " + step,
              "a job dies before its " + step + ", and so does its task",
              run -> diesInside(run, step)));
    }
    cases.add(
        Case.merge(
            "M4", "a task dies between its job and the offset commit", TaskFaults::diesLast));
    cases.add(Case.merge("M5", "a task dies while its job runs on", TaskFaults::jobOutlives));
    cases.add(Case.merge("M6", "eight tasks want one job id", TaskFaults::collision));
    cases.add(
        Case.merge(
            "M7",
            "jobs lose races against other statements and meet a full queue",
            TaskFaults::races));
    cases.add(Case.merge("M8", "a sealed cycle vanishes with its partition", TaskFaults::expired));
    cases.add(Case.merge("M10", "a machine sleeps while its cycle is staged", TaskFaults::slept));
    cases.add(Case.every("42", "a worker's clock is ten days wrong", TaskFaults::wrongClock));
    for (Step step : Step.values()) {
      cases.add(
          Case.append(
              step.number,
              "a task dies " + step.when,
              run -> dies(run, run.faults().delay(step.call(), LONG))));
    }
    cases.add(
        Case.append(
            "A6",
            "who ends another's stream freezes before its commit",
            TaskFaults::endsAndFreezes));
    return cases;
  }

  /** Where a task may die while it hands a stream over. */
  private enum Step {
    CLAIMING("A1", "AppendRows", "tributary_streams", "while it claims its partition"),
    CLAIMED("A2", "CreateWriteStream", "items", "when it has claimed its partition"),
    RECORDED("A3", "AppendRows", "items", "when its stream is recorded"),
    APPENDED("A4", "FinalizeWriteStream", "items", "when its rows are appended"),
    FINALIZED("A5", "BatchCommitWriteStreams", "items", "when its stream is finalized");

    private final String number;
    private final String method;
    private final String table;
    private final String when;

    Step(String number, String method, String table, String when) {
      this.number = number;
      this.method = method;
      this.table = table;
      this.when = when;
    }

    CallMatch call() {
      return CallMatch.of(method).onTable(new TableRef("local", "ds", table)).nth(1);
    }
  }

  private static boolean isChain(String job) {
    return job.startsWith("tributary_items_");
  }

  private static CallMatch chainJob() {
    return CallMatch.of("jobs.insert").onJob(TaskFaults::isChain);
  }

  /** The task dies while this fault holds it; another one reads on. */
  private static void dies(Run run, Fault hold) {
    Fault held = run.armed("death", hold);
    stock(run, 20);
    Worker dying = run.worker();
    dying.until(() -> held.waiting() == 1);
    dying.kill();
    held.close();
    assertThat(run.committed().values()).containsOnly(0L);
    run.shop().update(5).delete(6).insert(700);
    run.worker().finish();
  }

  private static void frozen(Run run) {
    stock(run, 20);
    CallMatch last =
        run.mode() == Mode.CDC
            ? ServiceFaults.appends(run)
            : CallMatch.of("BatchCommitWriteStreams").onTable(run.target());
    Fault ice = run.armed("ice", run.faults().delay(last.nth(1), LONG));
    Worker frozen = run.worker();
    frozen.until(() -> ice.waiting() == 1);
    frozen.frozen();
    Worker heir = run.worker();
    run.shop().update(5).delete(6).touch(7).move(8, run.shop().unused()).delete(9).insert(9);
    heir.finish();
    ice.release();
    frozen.settle();
    run.shop().update(10);
    heir.finish();
  }

  private static void endsAndFreezes(Run run) {
    String[] small = {"append.bytes", "1024"};
    CallMatch commit = CallMatch.of("BatchCommitWriteStreams").onTable(run.target());
    stock(run, 40);
    Fault held = run.armed("append", run.faults().delay(ServiceFaults.appends(run).nth(4), LONG));
    Worker former = run.worker(small);
    former.until(() -> held.waiting() == 1);
    former.frozen();
    Fault ice = run.armed("ice", run.faults().delay(commit.nth(1), LONG));
    Worker heir = run.worker(small);
    heir.until(() -> ice.waiting() == 1);
    held.release();
    former.settle();
    ice.release();
    heir.finish();
  }

  /** Dies before the statement of a job that does this. */
  private static void diesInside(Run run, String step) {
    stock(run, 20);
    Worker first = run.worker();
    first.finish();
    List<String> statements = new ArrayList<>();
    String model =
        run.harness().emulator().jobs().stream()
            .filter(job -> job.parentId() == null && isChain(job.id()))
            .map(JobRecord::id)
            .findFirst()
            .orElseThrow();
    run.harness().emulator().jobs().stream()
        .filter(job -> model.equals(job.parentId()))
        .forEach(job -> statements.add(job.sql().strip()));
    int index = -1;
    for (int i = 0; i < statements.size(); i++) {
      if (is(statements.get(i), step)) {
        index = i;
      }
    }
    assertThat(index).as("%s among %s", step, statements).isNotNegative();
    Failure crash =
        new Failure(Status.Code.INTERNAL, 500, "backendError", "The job's worker is gone.");
    Fault death = run.armed("crash", run.faults().failJob(TaskFaults::isChain, index, crash));
    stock(run, 10);
    run.shop().move(5, run.shop().unused()).delete(6);
    first.until(() -> death.fired() > 0);
    first.kill();
    death.close();
    run.worker().finish();
  }

  private static boolean is(String statement, String step) {
    return switch (step) {
      case "tombstones" -> statement.contains("'tombstone', CURRENT_TIMESTAMP()");
      case "MERGE" -> statement.startsWith("MERGE");
      default -> statement.contains("'applied', CURRENT_TIMESTAMP()");
    };
  }

  private static void diesLast(Run run) {
    stock(run, 20);
    Worker dying = run.worker();
    dying.deliver(500);
    long[] ended = {0};
    run.happens("job that nobody heard of", () -> ended[0]);
    await()
        .until(
            () -> {
              dying.deliver(500);
              ended[0] = chain(run).stream().filter(job -> job.state().equals("DONE")).count();
              return ended[0] > 0;
            });
    dying.kill();
    assertThat(run.committed()).isEmpty();
    run.shop().update(5).delete(6).touch(7);
    run.worker().finish();
  }

  private static void jobOutlives(Run run) {
    stock(run, 20);
    run.worker().finish();
    stock(run, 10);
    Fault slow = run.armed("slow job", run.faults().stallJob(TaskFaults::isChain, 5, LONG));
    Worker dying = run.worker();
    dying.until(() -> slow.waiting() == 1);
    dying.kill();
    Worker heir = run.worker();
    run.shop().update(5).delete(6).insert(800);
    int jobs = chain(run).size();
    for (int i = 0; i < 20; i++) {
      heir.turn();
    }
    assertThat(chain(run)).as("no second job while the first one runs").hasSize(jobs);
    slow.close();
    heir.finish();
  }

  private static void collision(Run run) {
    int tasks = 8;
    run.shop(new Shop(tasks));
    for (int id = 0; id < 80; id++) {
      run.shop().insert(id).update(id);
    }
    Fault together = run.armed("wait for all", run.faults().delay(chainJob().times(tasks), LONG));
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      workers.add(run.worker(Set.of(new TopicPartition(Shop.TOPIC, i)), run.letters()));
    }
    workers.forEach(worker -> worker.until(() -> true));
    workers
        .get(0)
        .until(
            () -> {
              workers.subList(1, tasks).forEach(Worker::turn);
              return together.waiting() == tasks;
            });
    together.close();
    workers.forEach(Worker::finish);
    assertThat(chain(run)).extracting(JobRecord::id).doesNotHaveDuplicates();
    assertThat(chain(run).size()).as("one job for all tasks, and few behind it").isLessThan(tasks);
  }

  private static void races(Run run) {
    stock(run, 20);
    run.worker().finish();
    stock(run, 10);
    Worker worker = run.worker();
    for (String message :
        List.of(
            "Could not serialize access to table local:ds.items due to concurrent update",
            "Resources exceeded during query execution: Too many DML statements outstanding"
                + " against table local:ds.items, limit is 20.")) {
      Failure lost = new Failure(Status.Code.ABORTED, 400, "invalidQuery", message);
      Fault race =
          run.armed(message.substring(0, 30), run.faults().failJob(TaskFaults::isChain, 5, lost));
      worker.until(() -> race.fired() > 1);
      race.close();
      worker.finish();
      run.shop().update(5).touch(7);
    }
    worker.finish();
  }

  private static void expired(Run run) {
    stock(run, 20);
    run.worker().finish();
    run.shop().update(5).touch(6).delete(7).move(8, run.shop().unused()).update(10);
    Fault held = run.armed("death", run.faults().delay(chainJob().nth(1), LONG));
    Worker dying = run.worker();
    dying.until(() -> held.waiting() == 1);
    dying.kill();
    run.query("TRUNCATE TABLE `local.ds." + run.target().table() + "`");
    held.close();
    run.worker().finish();
  }

  /** What is staged has expired when the machine goes on. */
  private static void slept(Run run) {
    CallMatch commit = CallMatch.of("BatchCommitWriteStreams").onTable(run.target());
    Worker worker = run.worker();
    sleeps(run, worker, run.faults().delayAnswer(commit.nth(1), LONG));
    sleeps(run, worker, run.faults().delay(chainJob().nth(1), LONG));
  }

  private static void sleeps(Run run, Worker worker, Fault held) {
    Duration night = Duration.ofHours(50);
    stock(run, 20);
    run.armed("sleep " + run.shop().all().size(), held);
    worker.until(() -> held.waiting() == 1);
    run.clock().advance(night);
    run.machine().advance(night);
    held.release();
    worker.finish();
  }

  private static void wrongClock(Run run) {
    Duration wrong = Duration.ofDays(10);
    run.happens(
        "day between the clocks",
        () -> Duration.between(run.clock().instant(), run.machine().instant()).abs().toDays());
    run.machine().advance(wrong.negated());
    stock(run, 20);
    Worker late = run.worker();
    late.finish();
    late.kill();
    run.machine().advance(wrong.multipliedBy(2));
    stock(run, 20);
    run.worker().finish();
  }

  private static List<JobRecord> chain(Run run) {
    return run.harness().emulator().jobs().stream()
        .filter(job -> job.parentId() == null && isChain(job.id()))
        .toList();
  }
}
