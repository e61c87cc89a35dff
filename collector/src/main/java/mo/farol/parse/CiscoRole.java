package mo.farol.parse;

import java.util.Arrays;
import java.util.stream.Stream;

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

  private static final WordTable TABLE =
      new WordTable(Arrays.stream(values()).flatMap(CiscoRole::words).toList());
  private static final CiscoRole[] ROLES =
      Arrays.stream(values())
          .flatMap(role -> role.words().map(word -> role))
          .toArray(CiscoRole[]::new);

  private final String text;

  CiscoRole(String text) {
    this.text = text;
  }

  static CiscoRole of(byte[] b, int from, int to) {
    int word = TABLE.find(b, from, to);
    return word < 0 ? NOTHING : ROLES[word];
  }

  private Stream<String> words() {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty());
  }
}
