package mo.farol.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The dictionary of field names: a small number for each name, the same for the life of the
 * process. Reads take no lock; a new name is added under one. Bounded, so that hostile keys can't
 * eat memory: past the bound every new name is {@link #OVERFLOW}, and before that past the bound of
 * the agency that sends it, so that one agency's keys don't use up the others'.
 */
public final class Fields {
  /** Names the dictionary holds at most. */
  public static final int LIMIT = 65_536;

  /** Names that the senders of one agency add at most. */
  public static final int AGENCY_LIMIT = 8_192;

  private static final int SLOTS = LIMIT * 2;
  private static final SeededHash HASH = SeededHash.ours();
  private static final byte[][] KEYS = new byte[LIMIT][];
  private static final String[] NAMES = new String[LIMIT];
  // Slot -> id + 1, open addressing. Written under the class lock, read through a volatile size.
  private static final int[] TABLE = new int[SLOTS];
  private static volatile int size;
  private static final Map<String, Budget> BUDGETS = new ConcurrentHashMap<>();

  /** New names that one agency's senders may still add. */
  public static final class Budget {
    private int left = AGENCY_LIMIT;

    private Budget() {}
  }

  public static final int OVERFLOW = id("farol.overflow");
  public static final int MESSAGE = id("message");
  public static final int HOST_NAME = id("host.name");
  public static final int SOURCE_IP = id("source.ip");
  public static final int SOURCE_PORT = id("source.port");
  public static final int DESTINATION_IP = id("destination.ip");
  public static final int DESTINATION_PORT = id("destination.port");
  public static final int USER_NAME = id("user.name");
  public static final int PROCESS_NAME = id("process.name");
  public static final int EVENT_ACTION = id("event.action");
  public static final int EVENT_OUTCOME = id("event.outcome");
  public static final int EVENT_CATEGORY = id("event.category");
  public static final int EVENT_DATASET = id("event.dataset");
  public static final int LOG_LEVEL = id("log.level");
  public static final int FACILITY = id("log.syslog.facility.code");
  public static final int SEVERITY = id("log.syslog.severity.code");
  public static final int APP_NAME = id("log.syslog.appname");
  public static final int PROC_ID = id("log.syslog.procid");
  public static final int MSG_ID = id("log.syslog.msgid");
  public static final int SYSLOG_SEQUENCE = id("log.syslog.structured_data.meta.sequenceId");

  private Fields() {}

  /** The number of a name, given on first sight; {@link #OVERFLOW} once the dictionary is full. */
  public static int id(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return id(utf8, 0, utf8.length);
  }

  /** The number of the name in {@code utf8[from .. to)}, without making a string of a known one. */
  public static int id(byte[] utf8, int from, int to) {
    int found = find(utf8, from, to);
    return found >= 0 ? found : add(Arrays.copyOfRange(utf8, from, to));
  }

  /** What is left to an agency; the same object for the same agency. */
  public static Budget budget(String agency) {
    return BUDGETS.computeIfAbsent(agency, _ -> new Budget());
  }

  /**
   * The number of a name that a sender made up in {@code utf8[from .. to)}; {@link #OVERFLOW} where
   * it is new and the budget is used up.
   */
  public static int id(byte[] utf8, int from, int to, Budget budget) {
    int found = find(utf8, from, to);
    return found >= 0 ? found : add(Arrays.copyOfRange(utf8, from, to), budget);
  }

  /** The number of a name, or -1 where no event has had it yet. */
  public static int known(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return find(utf8, 0, utf8.length);
  }

  /** The name of a number. */
  public static String name(int id) {
    if (id < 0 || id >= size) {
      throw new IllegalArgumentException("no field has the number " + id);
    }
    return NAMES[id];
  }

  /** Names held so far; numbers run from 0 to one less. */
  public static int size() {
    return size;
  }

  private static int find(byte[] utf8, int from, int to) {
    int seen = size; // the volatile read that makes slots written before it visible
    if (seen == 0) {
      return -1;
    }
    for (int slot = hash(utf8, from, to); ; slot = (slot + 1) % SLOTS) {
      int entry = TABLE[slot];
      if (entry == 0) {
        return -1;
      }
      byte[] key = KEYS[entry - 1];
      if (entry <= seen && Arrays.equals(key, 0, key.length, utf8, from, to)) {
        return entry - 1;
      }
    }
  }

  private static synchronized int add(byte[] key, Budget budget) {
    if (budget.left == 0) {
      return OVERFLOW;
    }
    int before = size;
    int id = add(key);
    budget.left -= size > before ? 1 : 0;
    return id;
  }

  private static synchronized int add(byte[] key) {
    int found = find(key, 0, key.length);
    if (found >= 0) {
      return found;
    }
    int id = size;
    if (id == LIMIT) {
      return OVERFLOW;
    }
    KEYS[id] = key;
    NAMES[id] = new String(key, StandardCharsets.UTF_8);
    int slot = hash(key, 0, key.length);
    while (TABLE[slot] != 0) {
      slot = (slot + 1) % SLOTS;
    }
    TABLE[slot] = id + 1;
    size = id + 1;
    return id;
  }

  private static int hash(byte[] utf8, int from, int to) {
    return (HASH.of(utf8, from, to) & 0x7fffffff) % SLOTS;
  }
}
