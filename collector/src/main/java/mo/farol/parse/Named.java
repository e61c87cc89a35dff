package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;
import static mo.farol.parse.Ascii.find;

import mo.farol.event.Fields;
import mo.farol.event.Micros;

/**
 * BIND, with or without the time, category and level of its own files: {@code client @0x7f
 * 192.0.2.1#60061 (a.example): view inside: query: a.example IN PTR +E(0)K (192.0.2.2)}, refusals,
 * updates, transfers and failures.
 */
final class Named implements Refiner {
  private static final Kind QUERY_KIND = Kind.of("named", "network", "dns-query");
  private static final Kind DENIED = Kind.of("named", "network", "dns-query-denied").failed();
  private static final Kind UPDATE_DENIED =
      Kind.of("named", "network", "dns-update-denied").failed();
  private static final Kind TRANSFER_DENIED =
      Kind.of("named", "network", "dns-transfer-denied").failed();
  private static final Kind FAILED = Kind.of("named", "network", "dns-query-failed").failed();
  private static final Kind UPDATE = Kind.of("named", "network", "dns-update");
  private static final Kind TRANSFER = Kind.of("named", "network", "dns-transfer");
  private static final Kind REWRITTEN = Kind.of("named", "network", "dns-rewrite");
  private static final Kind OTHER = Kind.of("named", "", "");

  private static final int CATEGORY = Fields.id("named.category");
  private static final int VIEW = Fields.id("named.view");
  private static final int FLAGS = Fields.id("named.query_flags");
  private static final int ZONE = Fields.id("named.zone");
  private static final int KEY = Fields.id("named.tsig_key");
  private static final int SUBNET = Fields.id("named.client_subnet");
  private static final byte[] KEY_ = bytes("/key ");
  private static final byte[] ECS = bytes("[ECS ");
  private static final int FARTHEST = 100;
  private static final byte[] CLIENT = bytes("client ");
  private static final byte[] VIEW_ = bytes(": view ");
  private static final byte[] QUERY = bytes("query: ");
  private static final byte[] QUOTED = bytes(" '");
  private static final byte[] DENIED_ = bytes("denied");
  private static final byte[] FAILED_ = bytes("query failed (");
  private static final byte[] FOR = bytes(") for ");
  private static final byte[] UPDATING = bytes("updating zone '");
  private static final byte[] UPDATE_ = bytes(": update '");
  private static final byte[] TRANSFER_ = bytes("transfer of '");
  private static final byte[] ZONE_TRANSFER = bytes("zone transfer '");
  private static final byte[] RPZ = bytes(" rewrite ");

  @Override
  public void refine(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = afterTime(draft, from, to);
    int client = find(b, p, to, CLIENT);
    head(draft, p, client < 0 ? Math.min(to, p + 64) : client);
    if (client < 0) {
      OTHER.addTo(draft);
      return;
    }
    int text = client(draft, client + CLIENT.length, to);
    int query = find(b, text, to, QUERY);
    if (query >= 0) {
      QUERY_KIND.addTo(draft);
      question(draft, query + QUERY.length, to);
    } else {
      deed(draft, text, to);
    }
  }

  /**
   * Whether a text without a header is BIND's: its own time, or ISO 8601 or no time before a client
   * and its query.
   */
  static boolean begins(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    if (draft.dates().bind(b, from, to) != Micros.NONE) {
      return true;
    }
    boolean timed = draft.dates().iso(b, from, to) != Micros.NONE;
    int client = find(b, from, Math.min(to, from + FARTHEST), CLIENT);
    boolean isFirst = client == from;
    return (isFirst || (timed && client > 0))
        && find(b, client, Math.min(to, client + FARTHEST), '#') > 0
        && find(b, client, to, QUERY) > 0;
  }

  private static long time(EventDraft draft, int from, int to) {
    long at = draft.dates().bind(draft.bytes(), from, to);
    return at == Micros.NONE ? draft.dates().iso(draft.bytes(), from, to) : at;
  }

  /** Index after a time of BIND's own, which a syslog header may not have taken. */
  private static int afterTime(EventDraft draft, int from, int to) {
    long at = time(draft, from, to);
    if (at == Micros.NONE) {
      return from;
    }
    if (draft.occurredAt() == Micros.NONE) {
      draft.occurredAt(at);
    }
    return Ascii.skipSpaces(draft.bytes(), draft.dates().end(), to);
  }

  /** {@code queries: info: }, either of which may be missing. */
  private static void head(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int p = Ascii.skipSpaces(b, from, to);
    for (int part = 0; part < 2; part++) {
      int colon = find(b, p, to, ':');
      if (colon <= p || Ascii.find(b, p, colon, ' ') >= 0 || colon + 1 >= to) {
        return;
      }
      int level = Levels.code(b, p, colon);
      if (level >= 0) {
        draft.add(Fields.LOG_LEVEL, p, colon);
        draft.gradeWithoutPriority(level);
      } else if (part == 0) {
        draft.add(CATEGORY, p, colon);
      }
      p = Ascii.skipSpaces(b, colon + 1, to);
    }
  }

  /**
   * {@code [@0x7f ]192.0.2.1#60061[/key name][ (name)]: [view v: ]}; gives the index of the rest.
   */
  private static int client(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int start =
        from < to && b[from] == '@' ? Math.min(Ascii.until(b, from, to, ' ') + 1, to) : from;
    int hash = Ascii.find(b, start, Math.min(to, start + 64), '#');
    if (hash < 0) {
      return start;
    }
    draft.add(Fields.SOURCE_IP, start, hash);
    int port = Ascii.skipDigits(b, hash + 1, to);
    draft.add(Fields.SOURCE_PORT, hash + 1, port);
    if (Ascii.startsWith(b, port, to, KEY_)) {
      int key = port + KEY_.length;
      int end = Math.min(Ascii.until(b, key, to, ' '), Ascii.until(b, key, to, ':'));
      draft.add(KEY, key, end);
    }
    int view = find(b, port, to, VIEW_);
    if (view > 0) {
      Text.value(draft, VIEW, VIEW_, ':', view, to);
    }
    return port;
  }

  /** {@code name CLASS TYPE flags (server)}. */
  private static void question(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int name = Ascii.until(b, from, to, ' ');
    int kind = Ascii.until(b, Math.min(name + 1, to), to, ' ');
    int type = Ascii.until(b, Math.min(kind + 1, to), to, ' ');
    int flags = Math.min(type + 1, to);
    int flagsEnd = Ascii.until(b, flags, to, ' ');
    draft.add(Names.DNS_QUESTION, from, name);
    draft.add(Names.DNS_CLASS, name + 1, kind);
    draft.add(Names.DNS_TYPE, kind + 1, type);
    if (flags < to && (b[flags] == '+' || b[flags] == '-')) {
      draft.add(FLAGS, flags, flagsEnd);
    }
    Text.value(draft, SUBNET, ECS, ']', flagsEnd, to);
    int open = Ascii.find(b, Math.min(flagsEnd, to), to, '(');
    int close = open < 0 ? -1 : Ascii.find(b, open, to, ')');
    if (close > 0 && Text.isAddress(b, open + 1, close)) {
      draft.add(Fields.DESTINATION_IP, open + 1, close);
    }
  }

  private static void deed(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    boolean denied = find(b, from, to, DENIED_) > 0;
    int failed = find(b, from, to, FAILED_);
    if (failed > 0) {
      FAILED.addTo(draft);
      int open = failed + FAILED_.length;
      draft.add(Names.DNS_RESPONSE, open, Ascii.until(b, open, to, ')'));
      int question = find(b, open, to, FOR);
      slashes(draft, question < 0 ? to : question + FOR.length, to, true);
    } else if (find(b, from, to, UPDATING) > 0) {
      UPDATE.addTo(draft);
      Text.value(draft, ZONE, UPDATING, '/', from, to);
    } else if (find(b, from, to, UPDATE_) > 0) {
      (denied ? UPDATE_DENIED : UPDATE).addTo(draft);
      Text.value(draft, ZONE, UPDATE_, '/', from, to);
    } else if (find(b, from, to, TRANSFER_) > 0 || find(b, from, to, ZONE_TRANSFER) > 0) {
      (denied ? TRANSFER_DENIED : TRANSFER).addTo(draft);
      boolean zone = find(b, from, to, ZONE_TRANSFER) > 0;
      Text.value(draft, ZONE, zone ? ZONE_TRANSFER : TRANSFER_, '/', from, to);
    } else {
      asked(draft, from, to, denied);
    }
  }

  private static void asked(EventDraft draft, int from, int to, boolean denied) {
    byte[] b = draft.bytes();
    int rewrite = find(b, from, to, RPZ);
    if (rewrite > 0) {
      REWRITTEN.addTo(draft);
      slashes(draft, rewrite + RPZ.length, to, false);
      return;
    }
    (denied ? DENIED : OTHER).addTo(draft);
    int quote = denied ? find(b, from, to, QUOTED) : -1;
    if (quote > 0) {
      slashes(draft, quote + QUOTED.length, to, false);
    }
  }

  /** {@code name/TYPE/CLASS}, or with class first. */
  private static void slashes(EventDraft draft, int from, int to, boolean classFirst) {
    byte[] b = draft.bytes();
    int end = Math.min(Ascii.until(b, from, to, ' '), Ascii.until(b, from, to, '\''));
    int last = Ascii.findLast(b, from, end, '/');
    int first = last < 0 ? -1 : Ascii.findLast(b, from, last, '/');
    if (first > from) {
      draft.add(Names.DNS_QUESTION, from, first);
      draft.add(classFirst ? Names.DNS_CLASS : Names.DNS_TYPE, first + 1, last);
      draft.add(classFirst ? Names.DNS_TYPE : Names.DNS_CLASS, last + 1, end);
    }
  }
}
