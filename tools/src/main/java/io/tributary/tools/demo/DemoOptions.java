package io.tributary.tools.demo;

import java.nio.file.Path;

/**
 * What the user asked for.
 *
 * @param rows of the snapshot in all
 * @param seconds of live workload
 * @param kills how often the worker is killed meanwhile
 * @param exit whether to stop everything after verifying
 * @param logs where to copy the logs in the end; null for nowhere
 */
record DemoOptions(long rows, int seconds, int kills, boolean exit, Path logs) {}
