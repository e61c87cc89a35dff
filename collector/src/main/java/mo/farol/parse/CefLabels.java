package mo.farol.parse;

import java.util.Arrays;
import mo.farol.event.Fields;

/**
 * The custom fields of CEF, each with a field beside it that says what it means: {@code
 * cs1Label=Rule Name cs1=Allow all} is also {@code cef.labels.Rule_Name}.
 */
final class CefLabels {
  private static final int LONGEST = 64;
  private static final String[] FIELDS = {
    "cs1",
    "cs2",
    "cs3",
    "cs4",
    "cs5",
    "cs6",
    "cn1",
    "cn2",
    "cn3",
    "cfp1",
    "cfp2",
    "cfp3",
    "cfp4",
    "c6a1",
    "c6a2",
    "c6a3",
    "c6a4",
    "flexString1",
    "flexString2",
    "flexNumber1",
    "flexNumber2",
    "flexDate1",
    "deviceCustomDate1",
    "deviceCustomDate2"
  };
  static final String PREFIX = "cef.labels.";
  private static final byte[] START = Ascii.bytes(PREFIX);

  // Field -> 1 + index of the custom field whose label or value it is.
  private final byte[] labels;
  private final byte[] values;
  private final int[] labelAt = new int[FIELDS.length];
  private final byte[] name = Arrays.copyOf(START, START.length + LONGEST);

  CefLabels(String prefix) {
    byte[] all = new byte[Fields.LIMIT];
    byte[] own = new byte[Fields.LIMIT];
    int most = 0;
    for (int i = 0; i < FIELDS.length; i++) {
      int label = Fields.id(prefix + FIELDS[i] + "Label");
      int value = Fields.id(prefix + FIELDS[i]);
      all[label] = (byte) (i + 1);
      own[value] = (byte) (i + 1);
      most = Math.max(most, Math.max(label, value));
    }
    labels = Arrays.copyOf(all, most + 1);
    values = Arrays.copyOf(own, most + 1);
  }

  /**
   * Names the custom fields among the pairs of the open event from {@code first} on; false where
   * there are none.
   */
  boolean add(EventDraft draft, int first) {
    var into = draft.into();
    int filled = into.filled();
    boolean any = false;
    for (int k = first; k < filled; k++) {
      int at = index(labels, into.field(k));
      if (at >= 0) {
        if (!any) {
          Arrays.fill(labelAt, -1);
        }
        any = true;
        labelAt[at] = k;
      }
    }
    for (int k = first; any && k < filled; k++) {
      int at = index(values, into.field(k));
      if (at >= 0 && labelAt[at] >= 0 && into.length(k) > 0) {
        named(draft, labelAt[at], k);
      }
    }
    return any;
  }

  private static int index(byte[] table, int field) {
    return field < table.length ? table[field] - 1 : -1;
  }

  private void named(EventDraft draft, int label, int value) {
    var into = draft.into();
    int length = into.length(label);
    if (length == 0 || length > LONGEST) {
      return;
    }
    byte[] b = into.bytes(label);
    for (int i = 0; i < length; i++) {
      byte c = b[into.start(label) + i];
      name[START.length + i] = c <= ' ' && c >= 0 ? (byte) '_' : c;
    }
    int field = draft.field(name, 0, START.length + length);
    into.addPart(field, value, 0, into.length(value));
  }
}
