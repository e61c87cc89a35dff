package mo.farol.parse;

import java.util.Arrays;
import java.util.List;
import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Logs of Palo Alto Networks firewalls: values between commas in the order of PAN-OS's syslog field
 * descriptions, by log type. What a type does not name is left in the message.
 */
final class PaloAlto implements Format {
  private static final String COMMON = "- receive_time serial type subtype - time_generated";
  private static final String FLOW =
      " source.ip destination.ip source.nat.ip destination.nat.ip rule.name source.user.name"
          + " destination.user.name network.application virtual_system from_zone to_zone"
          + " observer.ingress.interface.name observer.egress.interface.name log_profile -"
          + " session_id repeat_count source.port destination.port source.nat.port"
          + " destination.nat.port flags network.transport event.action";
  private static final String TRAFFIC =
      COMMON
          + FLOW
          + " network.bytes source.bytes destination.bytes network.packets start_time"
          + " elapsed_seconds category - sequence action_flags source_country destination_country -"
          + " source.packets destination.packets session_end_reason - - - - virtual_system_name"
          + " device_name action_source";
  private static final String THREAT =
      COMMON
          + FLOW
          + " misc threat_id category severity network.direction sequence action_flags"
          + " source_country destination_country - content_type pcap_id file_digest cloud url_index"
          + " user_agent.original file_type forwarded_for http.request.referrer email_sender"
          + " email_subject email_recipient report_id - - - - virtual_system_name device_name - - -"
          + " http_method";
  private static final String SYSTEM =
      COMMON
          + " virtual_system event.code object - - module severity description sequence"
          + " action_flags - - - - virtual_system_name device_name";
  private static final String CONFIG =
      COMMON
          + " host virtual_system event.action user.name client event.outcome path before after"
          + " sequence action_flags - - - - virtual_system_name device_name";
  private static final String AUTHENTICATION =
      COMMON
          + " virtual_system source.ip user.name normalized_user object policy repeat_count"
          + " authentication_id vendor log_action server_profile description client_type"
          + " event.action factor sequence action_flags - - - - virtual_system_name device_name";
  private static final String GLOBALPROTECT =
      COMMON
          + " virtual_system event.code stage auth_method tunnel_type source.user.name"
          + " source_region machine_name source.ip source_ipv6 private_ip private_ipv6 host_id"
          + " serial_number client_version client_os client_os_version repeat_count event.reason"
          + " error description event.outcome location";
  private static final byte[] DATASET = Ascii.bytes("panw.panos");
  private static final byte[][] FILES = {
    Ascii.bytes("file"),
    Ascii.bytes("virus"),
    Ascii.bytes("wildfire"),
    Ascii.bytes("wildfire-virus"),
    Ascii.bytes("data")
  };
  private static final byte[] ANY = Ascii.bytes("0.0.0.0");
  private static final String PREFIX = "panos.";
  private static final int NONE = -1;
  private static final int MISC = Fields.id(PREFIX + "misc");
  private static final int SUBTYPE = Fields.id(PREFIX + "subtype");
  private static final int SEVERITY = Fields.id(PREFIX + "severity");
  private static final int ELAPSED = Fields.id(PREFIX + "elapsed_seconds");
  private static final int DEVICE = Fields.id(PREFIX + "device_name");
  private static final int[] TIMES = {
    Fields.id(PREFIX + "time_generated"), Fields.id(PREFIX + "receive_time")
  };
  private static final int TYPE_AT = 3;

  /** One log type with the field of each place. */
  private record Layout(String type, List<Integer> fields) {
    static Layout of(String type, String names) {
      return new Layout(type, Arrays.stream(names.split(" ", -1)).map(PaloAlto::field).toList());
    }
  }

  private static final List<Layout> LAYOUTS =
      List.of(
          Layout.of("TRAFFIC", TRAFFIC),
          Layout.of("THREAT", THREAT),
          Layout.of("URL", THREAT),
          Layout.of("WILDFIRE", THREAT),
          Layout.of("DATA", THREAT),
          Layout.of("SYSTEM", SYSTEM),
          Layout.of("CONFIG", CONFIG),
          Layout.of("AUTHENTICATION", AUTHENTICATION),
          Layout.of("GLOBALPROTECT", GLOBALPROTECT),
          Layout.of("", COMMON));
  private static final byte[][] TYPES =
      LAYOUTS.stream().map(layout -> Ascii.bytes(layout.type())).toArray(byte[][]::new);
  private static final int[][] PLACES =
      LAYOUTS.stream()
          .map(layout -> layout.fields().stream().mapToInt(Integer::intValue).toArray())
          .toArray(int[][]::new);

  private final Csv csv = new Csv();

  @Override
  public String name() {
    return "panos";
  }

  @Override
  public String starts() {
    return "0123456789,";
  }

  /** {@code 1,2026/03/10 05:38:58,serial,TYPE,…}; the first value may be missing. */
  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    byte[] b = draft.bytes();
    int comma = Ascii.skipDigits(b, from, Math.min(to, from + 4));
    int date = comma + 1;
    return date + 24 < to
        && b[comma] == ','
        && b[date + 4] == '/'
        && b[date + 7] == '/'
        && b[date + 10] == ' '
        && b[date + 13] == ':'
        && b[date + 19] == ',';
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int frameEnd) {
    int to = Ascii.trimSpaces(draft.bytes(), from, frameEnd);
    if (!claims(draft, from, to)) {
      return "no PAN-OS log: a number, a time and a serial number must come first";
    }
    byte[] b = draft.bytes();
    csv.open(b, from, to);
    for (int i = 0; i <= TYPE_AT; i++) {
      if (!csv.next()) {
        return "PAN-OS log without a type";
      }
    }
    int[] places = places(b, csv.from(), csv.to());
    csv.open(b, from, to);
    for (int i = 0; i < places.length && csv.next(); i++) {
      value(draft, places[i]);
    }
    draft.word(Fields.EVENT_DATASET, DATASET);
    draft.word(Fields.EVENT_CATEGORY, Words.NETWORK);
    finish(draft);
    return null;
  }

  private static int[] places(byte[] b, int from, int to) {
    for (int i = 0; i < TYPES.length - 1; i++) {
      if (Ascii.is(b, from, to, TYPES[i])) {
        return PLACES[i];
      }
    }
    return PLACES[TYPES.length - 1];
  }

  private void value(EventDraft draft, int field) {
    int from = csv.from();
    int to = csv.to();
    boolean isNat = field == Names.SOURCE_NAT_IP || field == Names.DESTINATION_NAT_IP;
    if (field == NONE || from == to || (isNat && Ascii.is(draft.bytes(), from, to, ANY))) {
      return;
    }
    if (csv.isEscaped()) {
      draft.into().addCopy(field, csv.plain(), 0, csv.plainLength());
    } else if (field == Names.SOURCE_USER || field == Names.DESTINATION_USER) {
      user(draft, field, from, to);
    } else {
      draft.add(field, from, to);
    }
  }

  /** {@code domain\\name}: the name, and for the source also as the event's user. */
  private static void user(EventDraft draft, int field, int from, int to) {
    int slash = Ascii.findLast(draft.bytes(), from, to, '\\');
    draft.add(field, slash + 1 > from ? slash + 1 : from, to);
    if (field == Names.SOURCE_USER) {
      draft.add(Fields.USER_NAME, slash + 1 > from ? slash + 1 : from, to);
    }
  }

  private static void finish(EventDraft draft) {
    var into = draft.into();
    for (int i = 0; i < TIMES.length; i++) {
      long at = draft.timeOf(TIMES[i]);
      if (at != Micros.NONE) {
        draft.occurredAt(at);
        break;
      }
    }
    int k = into.findOpen(SEVERITY);
    if (k >= 0) {
      int from = into.start(k);
      draft.gradeWithoutPriority(Levels.ofThreat(into.bytes(k), from, from + into.length(k)));
    }
    device(draft);
    url(draft);
    duration(draft);
  }

  private static void device(EventDraft draft) {
    int k = draft.into().findOpen(DEVICE);
    if (k >= 0 && draft.into().findOpen(Fields.HOST_NAME) < 0) {
      draft.into().addPart(Fields.HOST_NAME, k, 0, draft.into().length(k));
    }
  }

  private static void duration(EventDraft draft) {
    var into = draft.into();
    int k = into.findOpen(ELAPSED);
    if (k >= 0) {
      int from = into.start(k);
      int seconds = Ascii.number(into.bytes(k), from, from + into.length(k));
      if (seconds >= 0) {
        draft.number(Names.DURATION, seconds * 1_000_000_000L);
      }
    }
  }

  /** What a threat log calls {@code misc} is a URL or the name of a file. */
  private static void url(EventDraft draft) {
    var into = draft.into();
    int misc = into.findOpen(MISC);
    int subtype = into.findOpen(SUBTYPE);
    if (misc >= 0 && subtype >= 0) {
      boolean isFile = isOne(into.bytes(subtype), into.start(subtype), into.length(subtype));
      into.addPart(isFile ? Names.FILE_NAME : Names.URL, misc, 0, into.length(misc));
    }
  }

  private static boolean isOne(byte[] b, int from, int length) {
    for (byte[] word : FILES) {
      if (Ascii.is(b, from, from + length, word)) {
        return true;
      }
    }
    return false;
  }

  private static Integer field(String name) {
    if (name.equals("-")) {
      return NONE;
    }
    return Fields.id(name.indexOf('.') > 0 ? name : PREFIX + name);
  }
}
