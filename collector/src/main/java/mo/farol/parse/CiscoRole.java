package mo.farol.parse;

import java.util.HashMap;
import java.util.Map;

/** What a word of a Cisco sentence announces about the word behind it. */
enum CiscoRole {
  NOTHING(""),
  SOURCE("from for src laddr client local-host between SRC"),
  DESTINATION("dst faddr -> server dest DEST"),
  TO("to"),
  AND("and"),
  TRANSLATED("gaddr"),
  VERDICT("denied permitted"),
  DURATION("duration"),
  BYTES("bytes"),
  LIST("access-list access-group list"),
  INTERFACE("interface"),
  CONNECTION("connection"),
  PROTOCOL("protocol"),
  URL("URL");

  private static final WordTable<CiscoRole> TABLE = new WordTable<>(table());

  private final String words;

  CiscoRole(String words) {
    this.words = words;
  }

  static CiscoRole of(byte[] b, int from, int to) {
    var role = TABLE.get(b, from, to);
    return role == null ? NOTHING : role;
  }

  private static Map<String, CiscoRole> table() {
    var table = new HashMap<String, CiscoRole>();
    for (var role : values()) {
      for (String word : role.words.split(" ", -1)) {
        if (!word.isEmpty()) {
          table.put(word, role);
        }
      }
    }
    return table;
  }
}
