package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import mo.farol.event.Fields;
import mo.farol.event.Micros;

/**
 * Windows events under longer names: {@code Event.System.EventID} and {@code Event.EventData.Image}
 * as XML becomes JSON, {@code winlog.event_data.Image} of Winlogbeat, {@code Hostname} and {@code
 * SourceName} of NXLog. Adds the short names that Sigma's rules use, such as {@code
 * Execution_ProcessID} for an attribute.
 */
final class WindowsNames {
  private static final String[] DATA = {
    "Event.EventData.",
    "winlog.event_data.",
    "winlog.user_data.",
    "EventData.",
    "event_data.",
    "win.eventdata.",
    "data.win.eventdata.",
    "Event.UserData."
  };
  private static final String TABLE =
      """
      Channel Event.System.Channel winlog.channel log_name System.Channel win.system.channel data.win.system.channel
      EventID Event.System.EventID Event.System.EventID.#text Event.System.EventID.value winlog.event_id
      EventID Event.System.EventID.text event_id System.EventID win.system.eventID data.win.system.eventID
      Computer Event.System.Computer winlog.computer_name System.Computer win.system.computer data.win.system.computer
      Level Event.System.Level System.Level win.system.level data.win.system.level
      Provider_Name Event.System.Provider.@Name Event.System.Provider.Name winlog.provider_name
      Provider_Name Event.System.Provider.#attributes.Name SourceName win.system.providerName data.win.system.providerName
      EventRecordID Event.System.EventRecordID winlog.record_id RecordNumber
      TimeCreated Event.System.TimeCreated.@SystemTime Event.System.TimeCreated.SystemTime
      TimeCreated Event.System.TimeCreated.#attributes.SystemTime win.system.systemTime
      """;
  // Attributes are joined to their element by an underscore: Sigma, "Field Usage", 3.
  private static final Pattern ATTRIBUTE =
      Pattern.compile("(?:Event\\.)?System\\.([A-Za-z]+)\\.(?:#attributes\\.|@)([A-Za-z]+)");
  private static final Pattern USER_DATA =
      Pattern.compile("(?:Event\\.)?UserData\\.[^.#@]+\\.([^.#@]+)");
  private static final String WAZUH = "win.eventdata."; // writes commandLine for CommandLine

  private static final int TIME = Fields.id("TimeCreated");
  private static final int DATA_NAME = Fields.id("Event.EventData.Data.@Name");
  private static final int DATA_TEXT = Fields.id("Event.EventData.Data.#text");
  private static final byte[] AGENCY = Ascii.bytes("agency");
  private static final int NONE = -1;

  // Field -> 1 + its short name's field, or 0 where it was not asked yet, or -1 where it has none.
  private int[] shorts = new int[1024];

  WindowsNames() {
    for (String line : TABLE.lines().toList()) {
      String[] words = line.split(" ", -1);
      for (int i = 1; i < words.length; i++) {
        remember(Fields.id(words[i]), Fields.id(words[0]) + 1);
      }
    }
  }

  /** Adds short names beside the pairs of the open event from {@code first} on. */
  void add(EventDraft draft, int first) {
    var into = draft.into();
    int filled = into.filled();
    for (int k = first; k < filled; k++) {
      int field = into.field(k);
      int known = field < shorts.length ? shorts[field] : 0;
      int own = known == 0 ? look(draft, field) : known;
      if (own > 0 && into.findOpen(own - 1) < 0) {
        into.addPart(own - 1, k, 0, into.length(k));
      }
      if (field == DATA_NAME) {
        pair(draft, k, filled);
      }
    }
    if (filled < into.filled() && draft.occurredAt() == Micros.NONE) {
      draft.occurredAt(draft.timeOf(TIME));
    }
  }

  /** {@code {"@Name": "Image", "#text": "C:\\…"}}, where the value comes right behind. */
  private static void pair(EventDraft draft, int k, int filled) {
    var into = draft.into();
    if (k + 1 < filled
        && into.field(k + 1) == DATA_TEXT
        && into.length(k) > 0
        && into.length(k) < 64) {
      int from = into.start(k);
      int to = from + into.length(k);
      boolean isPlain =
          Ascii.find(into.bytes(k), from, to, '.') < 0 && Ascii.isLetter(into.bytes(k)[from]);
      if (!isPlain || Ascii.is(into.bytes(k), from, to, AGENCY)) {
        return;
      }
      int field = draft.field(into.bytes(k), from, to);
      into.addPart(field, k + 1, 0, into.length(k + 1));
    }
  }

  private int look(EventDraft draft, int field) {
    String own = own(Fields.name(field));
    int found = NONE;
    if (!own.isEmpty()) {
      byte[] utf8 = own.getBytes(StandardCharsets.UTF_8);
      found = draft.field(utf8, 0, utf8.length) + 1;
    }
    remember(field, found);
    return found;
  }

  /** The name that Sigma has for a longer one; empty where it has none. */
  private static String own(String name) {
    var attribute = ATTRIBUTE.matcher(name);
    if (attribute.matches()) {
      return attribute.group(1) + "_" + attribute.group(2);
    }
    var user = USER_DATA.matcher(name);
    String own = user.matches() ? user.group(1) : "";
    for (String prefix : DATA) {
      if (name.startsWith(prefix) && name.indexOf('.', prefix.length()) < 0) {
        own = name.substring(prefix.length());
        own = prefix.endsWith(WAZUH) ? capital(own) : own;
      }
    }
    return own.equals("agency") ? "" : own;
  }

  private static String capital(String name) {
    return name.isEmpty() ? "" : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private void remember(int field, int value) {
    if (field >= shorts.length) {
      shorts = Arrays.copyOf(shorts, Math.max(field + 1, shorts.length * 2));
    }
    shorts[field] = value;
  }
}
