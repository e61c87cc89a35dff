package mo.farol.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The Java that runs, its memory and what it may open. */
final class Machine {
  private static final int NEEDED = 25;
  private static final long FILES = 4_096;

  private Machine() {}

  static void look(Remarks remarks) {
    int feature = Runtime.version().feature();
    if (feature < NEEDED) {
      remarks.fail("java", "%d, and %d is needed: set JAVA_HOME to one", feature, NEEDED);
    } else {
      remarks.ok(
          "java",
          "%s of %s, %d processors",
          Runtime.version(),
          System.getProperty("java.vendor"),
          Runtime.getRuntime().availableProcessors());
    }
    memory(remarks);
    var names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    if (!names.equals(StandardCharsets.UTF_8)) {
      remarks.warn(
          "locale", "names of files are read as %s: set LC_ALL=C.UTF-8 before the start", names);
    }
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      files(remarks, unix.getMaxFileDescriptorCount());
    }
  }

  private static void memory(Remarks remarks) {
    long heap = Runtime.getRuntime().maxMemory();
    long all =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : Long.MAX_VALUE;
    // The index is read through memory that is not the heap's.
    if (heap > all / 4 * 3) {
      remarks.warn(
          "memory",
          "a heap of %,d MiB leaves too little of %,d MiB for the index: set FAROL_HEAP to less",
          heap >> 20,
          all >> 20);
    } else {
      remarks.ok("memory", "a heap of %,d MiB, of %,d MiB there are", heap >> 20, all >> 20);
    }
  }

  private static void files(Remarks remarks, long most) {
    if (most < FILES) {
      remarks.warn(
          "open files",
          "%,d at most, and senders and the index may need more: set 'ulimit -n' or LimitNOFILE to"
              + " 65536",
          most);
    } else {
      remarks.ok("open files", "%,d at most", most);
    }
  }
}
