package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import com.google.cloud.bigquery.storage.v1.AppendRowsResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.tributary.emulator.catalog.BigQueryError;
import io.tributary.emulator.faults.Call;
import io.tributary.emulator.faults.Failure;
import io.tributary.emulator.faults.Faults;
import io.tributary.emulator.faults.InjectedFailure;
import io.tributary.emulator.faults.OpenConnection;
import io.tributary.emulator.limits.Places;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One AppendRows connection: answers each request in order. gRPC calls it from one thread at a
 * time; other threads may end it.
 */
final class AppendConnection implements StreamObserver<AppendRowsRequest>, OpenConnection {
  private static final Logger LOG = LoggerFactory.getLogger(AppendConnection.class);

  private final WriteContext context;
  private final StreamObserver<AppendRowsResponse> answers;
  private final Appender appender;
  private final AtomicReference<Status> ended = new AtomicReference<>();
  private final Places.Place place;
  private volatile Instant lastActive;

  AppendConnection(
      WriteContext context,
      String id,
      StreamObserver<AppendRowsResponse> answers,
      Places.Place place) {
    this.context = context;
    this.place = place;
    this.answers = answers;
    this.lastActive = context.clock().instant();
    this.appender = new Appender(context, id, this);
  }

  @Override
  public void onNext(AppendRowsRequest request) {
    lastActive = context.clock().instant();
    if (ended.get() != null) {
      return;
    }
    try {
      Call call = appender.describe(request);
      Faults.AfterCall after = context.gate().enter(call);
      AppendRowsResponse answer = after.effect(() -> appender.append(request));
      if (after.losesAnswer()) {
        end(Status.UNAVAILABLE.withDescription("Connection closed by the peer"));
      } else {
        answer(answer);
      }
    } catch (StatusRuntimeException e) {
      fail(e);
    } catch (InjectedFailure e) {
      fail(e.failure().exception());
    } catch (BigQueryError e) {
      fail(WriteService.status(e));
    } catch (RuntimeException e) {
      LOG.error("An append failed inside the emulator", e);
      fail(Status.INTERNAL.withDescription(e.toString()).asRuntimeException());
    }
  }

  @Override
  public void onError(Throwable cause) {
    ended.compareAndSet(null, Status.CANCELLED);
    place.close();
    appender.release();
  }

  @Override
  public void onCompleted() {
    appender.release();
    synchronized (this) {
      place.close();
      if (ended.compareAndSet(null, Status.OK)) {
        answers.onCompleted();
      }
    }
  }

  /** Ends the connection with this status, if it has not ended. */
  void end(Status status) {
    fail(status.asRuntimeException());
  }

  @Override
  public String stream() {
    return appender.entity();
  }

  @Override
  public boolean end(Failure failure) {
    boolean ends =
        fail(
            Status.fromCode(failure.grpc())
                .withDescription(failure.message())
                .asRuntimeException());
    appender.release();
    return ends;
  }

  boolean isEnded() {
    return ended.get() != null;
  }

  /** Ends the connection as the service does if it was silent for too long. */
  void endIfIdle() {
    if (lastActive.plus(context.limits().idle()).isAfter(context.clock().instant())) {
      return;
    }
    end(
        Status.ABORTED.withDescription(
            "Closing the stream because it has been inactive for %d seconds. Entity: %s"
                .formatted(context.limits().idle().toSeconds(), appender.entity())));
    appender.release();
  }

  private synchronized void answer(AppendRowsResponse answer) {
    if (ended.get() == null) {
      // before the answer: once it is sent, a test may move the clock
      lastActive = context.clock().instant();
      answers.onNext(answer);
    }
  }

  private synchronized boolean fail(StatusRuntimeException failure) {
    place.close();
    boolean ends = ended.compareAndSet(null, failure.getStatus());
    if (ends) {
      answers.onError(failure);
    }
    return ends;
  }
}
