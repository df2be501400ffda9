package io.tributary.tools.demo;

/**
 * What the user asked for.
 *
 * @param rows of the snapshot in all
 * @param seconds of live workload
 * @param kills how often the worker is killed meanwhile
 * @param exit whether to stop everything after verifying
 */
record DemoOptions(long rows, int seconds, int kills, boolean exit) {}
