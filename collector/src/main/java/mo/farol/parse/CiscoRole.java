package mo.farol.parse;

import java.util.Arrays;
import java.util.List;

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

  private static final List<String> WORDS =
      Arrays.stream(values()).flatMap(role -> role.words.stream()).toList();
  private static final WordTable TABLE = new WordTable(WORDS);
  private static final CiscoRole[] ROLES =
      Arrays.stream(values())
          .flatMap(role -> role.words.stream().map(word -> role))
          .toArray(CiscoRole[]::new);

  private final List<String> words;

  CiscoRole(String words) {
    this.words = words.isEmpty() ? List.of() : List.of(words.split(" ", -1));
  }

  static CiscoRole of(byte[] b, int from, int to) {
    int word = TABLE.find(b, from, to);
    return word < 0 ? NOTHING : ROLES[word];
  }
}
