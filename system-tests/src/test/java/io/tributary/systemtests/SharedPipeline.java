package io.tributary.systemtests;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One {@link Pipeline} for all test classes of a process: started for the first, closed after the
 * last.
 */
final class SharedPipeline implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Pipeline.class;
  }

  @Override
  public Pipeline resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(
            StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(SharedPipeline.class))
        .computeIfAbsent(Pipeline.class, type -> start(), Pipeline.class);
  }

  private static Pipeline start() {
    try {
      return Pipeline.start();
    } catch (Exception e) {
      throw new IllegalStateException("The pipeline does not start.", e);
    }
  }
}
