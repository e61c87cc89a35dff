package mo.farol.splunk;

import mo.farol.post.Answer;
import mo.farol.post.Refusal;

/** What HEC answers, by Splunk's own numbers. */
enum HecCode {
  SUCCESS(200, 0, "Success"),
  TOKEN_REQUIRED(401, 2, "Token is required"),
  INVALID_AUTHORIZATION(401, 3, "Invalid authorization"),
  INVALID_TOKEN(403, 4, "Invalid token"),
  NO_DATA(400, 5, "No data"),
  INVALID_FORMAT(400, 6, "Invalid data format"),
  BUSY(503, 9, "Server is busy"),
  CHANNEL_MISSING(400, 10, "Data channel is missing"),
  CHANNEL_INVALID(400, 11, "Invalid data channel"),
  EVENT_REQUIRED(400, 12, "Event field is required"),
  EVENT_BLANK(400, 13, "Event field cannot be blank"),
  QUERY_TOKEN_OFF(400, 16, "Query string authorization is not enabled"),
  HEALTHY(200, 17, "HEC is healthy"),
  UNHEALTHY(503, 18, "HEC is unhealthy, queues are full"),
  TOO_LARGE(413, 27, "Request entity too large");

  final int status;
  private final int code;
  private final String text;

  HecCode(int status, int code, String text) {
    this.status = status;
    this.code = code;
    this.text = text;
  }

  Answer answer() {
    return Answer.json(status, json(""));
  }

  Answer acknowledged(long ackId) {
    return Answer.json(status, json(",\"ackId\":" + ackId));
  }

  /** As the answer to a refusal, which stays counted under its reason. */
  Answer refusing(Refusal why) {
    return Answer.refusing(why, status, "application/json", json(""));
  }

  /** Refuses a body for its event of this number, counted from 0. */
  Answer refusing(int event) {
    var why = new Refusal(status, "hec." + code, text, "");
    String json = json(",\"invalid-event-number\":" + event);
    return Answer.refusing(why, status, "application/json", json);
  }

  /** Refuses a request. */
  Answer refusing() {
    return refusing(new Refusal(status, "hec." + code, text, ""));
  }

  private String json(String more) {
    return "{\"text\":\"%s\",\"code\":%d%s}".formatted(text, code, more);
  }
}
