package io.tributary.emulator.junit;

import io.tributary.emulator.BigQueryEmulator;
import io.tributary.emulator.EmulatorOptions;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs an emulator for the tests of a class, or, registered in a field that is not static, one for
 * each test. Test and life-cycle methods may have a parameter of type {@link BigQueryEmulator}.
 */
public final class BigQueryEmulatorExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {

  /** Whose datasets, jobs and faults the emulator holds. */
  public enum Contents {
    /** They stay until the last test of the class has ended. */
    OF_CLASS,
    /**
     * Each test begins without any, what a method before all of them made included. Not for tests
     * that run at the same time.
     */
    OF_TEST
  }

  private final EmulatorOptions options;
  private final Contents contents;
  private volatile BigQueryEmulator emulator;
  private volatile String owner;

  /** Free ports, in memory, contents of the class. */
  public BigQueryEmulatorExtension() {
    this(EmulatorOptions.defaults(), Contents.OF_CLASS);
  }

  private BigQueryEmulatorExtension(EmulatorOptions options, Contents contents) {
    this.options = options;
    this.contents = contents;
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private EmulatorOptions options = EmulatorOptions.defaults();
    private Contents contents = Contents.OF_CLASS;

    private Builder() {}

    /** How the emulator starts. */
    public Builder options(EmulatorOptions value) {
      options = value;
      return this;
    }

    /** Whose datasets, jobs and faults the emulator holds. */
    public Builder contents(Contents value) {
      contents = value;
      return this;
    }

    /** The extension. */
    public BigQueryEmulatorExtension build() {
      return new BigQueryEmulatorExtension(options, contents);
    }
  }

  /** The emulator, while tests run. */
  public BigQueryEmulator emulator() {
    return Objects.requireNonNull(emulator, "the emulator runs only while tests do");
  }

  /** Such as {@code http://127.0.0.1:9050}: the host that REST clients are given. */
  public String restUrl() {
    return emulator().restUrl();
  }

  /** Such as {@code 127.0.0.1:9060}: the endpoint that Storage Write clients are given. */
  public String grpcEndpoint() {
    return emulator().grpcEndpoint();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    start(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!start(context) && contents == Contents.OF_TEST) {
      emulator().reset();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    stop(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop(context);
  }

  /** Whether it had to be started: nested classes share the emulator of the class around them. */
  private boolean start(ExtensionContext context) {
    if (emulator != null) {
      return false;
    }
    emulator = BigQueryEmulator.start(options);
    owner = context.getUniqueId();
    return true;
  }

  private void stop(ExtensionContext context) {
    if (emulator != null && context.getUniqueId().equals(owner)) {
      emulator.close();
      emulator = null;
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == BigQueryEmulator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return emulator();
  }
}
