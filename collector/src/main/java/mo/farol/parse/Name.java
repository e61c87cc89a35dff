package mo.farol.parse;

import mo.farol.event.Fields;

/** Field numbers and constants that several dialects use. */
final class Name {
  static final int SOURCE_BYTES = Fields.id("source.bytes");
  static final int DESTINATION_BYTES = Fields.id("destination.bytes");
  static final int TRANSPORT = Fields.id("network.transport");
  static final int AUTH_METHOD = Fields.id("sshd.method");
  static final int EFFECTIVE_USER = Fields.id("user.effective.name");
  static final int TARGET_USER = Fields.id("user.target.name");
  static final int TARGET_ID = Fields.id("user.target.id");
  static final int TARGET_GROUP = Fields.id("user.target.group.id");
  static final int GROUP_NAME = Fields.id("group.name");
  static final int COMMAND_LINE = Fields.id("process.command_line");
  static final int WORKING_DIRECTORY = Fields.id("process.working_directory");
  static final int TTY = Fields.id("process.tty");
  static final int EXECUTABLE = Fields.id("process.executable");
  static final int PARENT_EXECUTABLE = Fields.id("process.parent.executable");
  static final int PARENT_COMMAND_LINE = Fields.id("process.parent.command_line");
  static final int FILE_PATH = Fields.id("file.path");
  static final int METHOD = Fields.id("http.request.method");
  static final int REFERRER = Fields.id("http.request.referrer");
  static final int STATUS = Fields.id("http.response.status_code");
  static final int BODY_BYTES = Fields.id("http.response.body.bytes");
  static final int HTTP_VERSION = Fields.id("http.version");
  static final int URL_ORIGINAL = Fields.id("url.original");
  static final int URL_PATH = Fields.id("url.path");
  static final int URL_QUERY = Fields.id("url.query");
  static final int USER_AGENT = Fields.id("user_agent.original");
  static final int DNS_QUESTION = Fields.id("dns.question.name");
  static final int DNS_TYPE = Fields.id("dns.question.type");
  static final int SOURCE_DOMAIN = Fields.id("source.domain");
  static final int NOTE = Fields.id("farol.note");

  static final byte[] AUTHENTICATION = Cursor.ascii("authentication");
  static final byte[] IAM = Cursor.ascii("iam");
  static final byte[] PROCESS = Cursor.ascii("process");
  static final byte[] NETWORK = Cursor.ascii("network");
  static final byte[] WEB = Cursor.ascii("web");
  static final byte[] SUCCESS = Cursor.ascii("success");
  static final byte[] FAILURE = Cursor.ascii("failure");

  private Name() {}
}
