package mo.farol.indicator;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CISA's catalogue of known exploited vulnerabilities: the whole document, or a line for each. */
final class KevReader {
  private static final Set<String> WANTED =
      Set.of("cveID", "vendorProject", "product", "dateAdded", "knownRansomwareCampaignUse");

  private final Reading reading;

  private KevReader(Reading reading) {
    this.reading = reading;
  }

  static void read(InputStream in, Reading reading) throws IOException {
    var reader = new KevReader(reading);
    JsonStream.read(in, reading, reader::root);
  }

  private void root(JsonStream json) throws IOException {
    String place = json.place();
    boolean[] holds = new boolean[1];
    var object =
        json.object(
            WANTED,
            (name, start) -> {
              if (!name.equals("vulnerabilities") || start != JsonToken.START_ARRAY) {
                return false;
              }
              holds[0] = true;
              json.each(() -> entry(json, json.place(), json.object(WANTED)));
              return true;
            });
    if (!holds[0]) {
      entry(json, place, object);
    }
  }

  private void entry(JsonStream json, String place, Map<String, JsonNode> entry) {
    if (json.wasCut()) {
      reading.refuse(place, JsonStream.cutReason());
      return;
    }
    String cve = JsonStream.text(entry, "cveID");
    String added = JsonStream.text(entry, "dateAdded");
    boolean isRansom = JsonStream.text(entry, "knownRansomwareCampaignUse").equals("Known");
    try {
      var from = added.isEmpty() ? null : TimeText.read(added);
      var labels =
          List.of(
              JsonStream.text(entry, "vendorProject"),
              JsonStream.text(entry, "product"),
              isRansom ? "ransomware" : "");
      reading.found(place, Kind.VULNERABILITY, cve, new Said(cve, -1, null, from, null, labels));
    } catch (Unreadable e) {
      reading.refuse(place, "dateAdded: " + e.reason());
    }
  }
}
