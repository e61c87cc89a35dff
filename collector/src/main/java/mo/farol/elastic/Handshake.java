package mo.farol.elastic;

import java.util.Set;
import java.util.regex.Pattern;
import mo.farol.post.Answer;
import mo.farol.post.Call;

/**
 * The calls shippers make beside sending: who are you, may I, is my template there. Everything is
 * there already and nothing is changed by them.
 */
final class Handshake {
  private static final Set<String> PLACES =
      Set.of(
          "_alias",
          "_aliases",
          "_cat",
          "_cluster",
          "_component_template",
          "_data_stream",
          "_flush",
          "_ilm",
          "_index_template",
          "_ingest",
          "_license",
          "_mapping",
          "_monitoring",
          "_nodes",
          "_refresh",
          "_security",
          "_settings",
          "_template",
          "_xpack");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");

  private static final String LICENSE =
      """
      {"license":{"status":"active","uid":"farol","type":"basic","mode":"basic",\
      "issue_date":"2026-01-01T00:00:00.000Z","issue_date_in_millis":1767225600000,\
      "max_nodes":1000,"issued_to":"farol","issuer":"farol","start_date_in_millis":-1}}\
      """;
  private static final String XPACK =
      """
      {"build":{"hash":"farol","date":"2026-01-01T00:00:00.000Z"},\
      "license":{"uid":"farol","type":"basic","mode":"basic","status":"active"},\
      "features":{"ilm":{"available":true,"enabled":true},\
      "security":{"available":true,"enabled":true}},"tagline":"You know, for X"}\
      """;
  private static final String HEALTH =
      """
      {"cluster_name":"farol","status":"green","timed_out":false,"number_of_nodes":1,\
      "number_of_data_nodes":1,"active_primary_shards":1,"active_shards":1,"relocating_shards":0,\
      "initializing_shards":0,"unassigned_shards":0,"delayed_unassigned_shards":0,\
      "number_of_pending_tasks":0,"number_of_in_flight_fetch":0,\
      "task_max_waiting_in_queue_millis":0,"active_shards_percent_as_number":100.0}\
      """;

  private static final String SHARDS = "{\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0}}";

  private Handshake() {}

  /**
   * Whether such a call stands at a path, given the first of its parts that begins with {@code _}.
   */
  static boolean owns(String place) {
    return PLACES.contains(place);
  }

  static Answer root(Call call) {
    return Answer.json(
        200,
        """
        {"name":"farol","cluster_name":"farol","cluster_uuid":"farolfarolfarolfarolfa",\
        "version":{"number":"%s","build_flavor":"default","build_type":"tar","build_hash":"farol",\
        "build_date":"2026-01-01T00:00:00.000Z","build_snapshot":false,"lucene_version":"10.0.0",\
        "minimum_wire_compatibility_version":"7.17.0","minimum_index_compatibility_version":"7.0.0"},\
        "tagline":"You Know, for Search"}\
        """
            .formatted(Media.version(call)));
  }

  /** Answers a call on one of our places, or on an index by its name. */
  static Answer at(Call call, String place) {
    if (!isReading(call)) {
      return written(place);
    }
    return Answer.json(
        200,
        switch (place) {
          case "_license" -> LICENSE;
          case "_xpack" -> XPACK;
          case "_nodes" -> nodes(host(call), Media.version(call));
          case "_cluster" -> call.path().contains("health") ? HEALTH : "{}";
          case "_cat" -> "[]";
          case "_flush", "_refresh" -> SHARDS;
          default -> "{}";
        });
  }

  private static String nodes(String host, String version) {
    return """
    {"_nodes":{"total":1,"successful":1,"failed":0},"cluster_name":"farol",\
    "nodes":{"farol":{"name":"farol","transport_address":"%1$s","host":"%1$s","ip":"%1$s",\
    "version":"%2$s","roles":["data","ingest","master"],\
    "http":{"bound_address":["%1$s"],"publish_address":"%1$s"}}}}\
    """
        .formatted(host, version);
  }

  static boolean isReading(Call call) {
    return call.method().equals("GET") || call.method().equals("HEAD");
  }

  private static Answer written(String place) {
    return Answer.json(
        200,
        switch (place) {
          case "_monitoring" -> "{\"took\":0,\"ignored\":true,\"errors\":false}";
          case "_flush", "_refresh" -> SHARDS;
          default -> "{\"acknowledged\":true,\"shards_acknowledged\":true}";
        });
  }

  // Clients that look for further nodes must find the one they know, by the name they know.
  private static String host(Call call) {
    String host = call.header("Host");
    return HOST.matcher(host).matches() ? host : "127.0.0.1:5580";
  }
}
