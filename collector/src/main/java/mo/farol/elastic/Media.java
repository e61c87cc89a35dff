package mo.farol.elastic;

import java.util.regex.Pattern;
import mo.farol.post.Answer;
import mo.farol.post.Call;

/** What every answer must carry so that the official clients believe it: product and media type. */
final class Media {
  private static final Pattern VENDOR =
      Pattern.compile("application/vnd\\.elasticsearch\\+json\\s*;\\s*compatible-with=([789])\\b");

  private Media() {}

  static Answer dress(Call call, Answer answer) {
    answer.with("X-Elastic-Product", "Elasticsearch");
    String version = compatible(call);
    return version.isEmpty()
        ? answer
        : answer.with(
            "Content-Type", "application/vnd.elasticsearch+json;compatible-with=" + version);
  }

  /** Version to be shown: as new as the client. */
  static String version(Call call) {
    return compatible(call).equals("9") ? "9.2.0" : "8.19.0";
  }

  private static String compatible(Call call) {
    var found = VENDOR.matcher(call.header("Accept"));
    return found.find() ? found.group(1) : "";
  }
}
