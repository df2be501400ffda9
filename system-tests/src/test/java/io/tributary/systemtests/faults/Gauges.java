package io.tributary.systemtests.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a worker's JVM says of itself, once a second, as long as it answers. */
final class Gauges implements AutoCloseable {
  private final int port;
  private final List<Long> putMillis = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "gauges");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long peakHeap;
  private volatile boolean paused;
  private JMXConnector connector;

  Gauges(int port) {
    this.port = port;
    var unused = reader.scheduleWithFixedDelay(this::read, 1, 1, TimeUnit.SECONDS);
  }

  /** Options for the JVM that is watched. */
  static String options(int port) {
    return "-Dcom.sun.management.jmxremote.port="
        + port
        + " -Dcom.sun.management.jmxremote.rmi.port="
        + port
        + " -Dcom.sun.management.jmxremote.host=127.0.0.1 -Djava.rmi.server.hostname=127.0.0.1"
        + " -Dcom.sun.management.jmxremote.authenticate=false"
        + " -Dcom.sun.management.jmxremote.ssl=false";
  }

  /** What is read from now on does not count. */
  void pause() {
    paused = true;
  }

  /** The opposite of {@link #pause}. */
  void resume() {
    paused = false;
  }

  /** Forgets what it has seen. */
  void clear() {
    putMillis.clear();
    peakHeap = 0;
  }

  /** The longest put of each second and task. */
  List<Long> putMillis() {
    return List.copyOf(putMillis);
  }

  long peakHeapMegabytes() {
    return peakHeap;
  }

  /** How many threads of this name there are. */
  synchronized long threads(String name) {
    try {
      ThreadMXBean threads =
          ManagementFactory.newPlatformMXBeanProxy(
              server(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
      return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
          .filter(thread -> thread != null && thread.getThreadName().equals(name))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("BanJNDI") // of a worker that this test has started
  private MBeanServerConnection server() throws IOException {
    if (connector == null) {
      connector =
          JMXConnectorFactory.connect(
              new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"));
    }
    return connector.getMBeanServerConnection();
  }

  private synchronized void read() {
    try {
      MBeanServerConnection server = server();
      MemoryMXBean memory =
          ManagementFactory.newPlatformMXBeanProxy(
              server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
      peakHeap = Math.max(peakHeap, memory.getHeapMemoryUsage().getUsed() >> 20);
      ObjectName tasks = new ObjectName("kafka.connect:type=sink-task-metrics,*");
      for (ObjectName task : server.queryNames(tasks, null)) {
        double longest = (Double) server.getAttribute(task, "put-batch-max-time-ms");
        if (!Double.isNaN(longest) && !paused) {
          putMillis.add(Math.round(longest));
        }
      }
    } catch (IOException | JMException | RuntimeException e) {
      // the worker was killed; its successor is asked anew
      connector = null;
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
