package io.tributary.emulator.faults;

/** A call must fail because the fault script or a quota says so. */
public final class InjectedFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Failure failure;

  /** Fails with this. */
  public InjectedFailure(Failure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  /** What to answer. */
  public Failure failure() {
    return failure;
  }
}
