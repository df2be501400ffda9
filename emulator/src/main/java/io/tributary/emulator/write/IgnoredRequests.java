package io.tributary.emulator.write;

import com.google.cloud.bigquery.storage.v1.AppendRowsRequest;
import io.grpc.stub.StreamObserver;

/** What still comes on a connection that was refused. */
final class IgnoredRequests implements StreamObserver<AppendRowsRequest> {
  @Override
  public void onNext(AppendRowsRequest request) {}

  @Override
  public void onError(Throwable cause) {}

  @Override
  public void onCompleted() {}
}
