package mo.farol.parse;

import mo.farol.event.Fields;

/** Numbers of the fields this room fills beside those of {@link Fields}. */
final class Names {
  static final int NOTE = Fields.id("farol.note");
  static final int SEQUENCE = Fields.id("event.sequence");
  static final int TIMEZONE = Fields.id("event.timezone");
  static final int EVENT_CODE = Fields.id("event.code");
  static final int EVENT_TYPE = Fields.id("event.type");
  static final int EVENT_PROVIDER = Fields.id("event.provider");
  static final int REASON = Fields.id("event.reason");
  static final int TRANSPORT = Fields.id("network.transport");
  static final int BYTES = Fields.id("network.bytes");
  static final int INTERFACE_IN = Fields.id("observer.ingress.interface.name");
  static final int INTERFACE_OUT = Fields.id("observer.egress.interface.name");
  static final int SOURCE_MAC = Fields.id("source.mac");
  static final int SOURCE_ADDRESS = Fields.id("source.address");
  static final int SOURCE_DOMAIN = Fields.id("source.domain");
  static final int SSHD_METHOD = Fields.id("sshd.method");
  static final int SSHD_SIGNATURE = Fields.id("sshd.signature");
  static final int USER_ID = Fields.id("user.id");
  static final int USER_TARGET = Fields.id("user.target.name");
  static final int USER_TARGET_ID = Fields.id("user.target.id");
  static final int USER_TARGET_GROUP = Fields.id("user.target.group.id");
  static final int USER_EFFECTIVE = Fields.id("user.effective.name");
  static final int GROUP_NAME = Fields.id("group.name");
  static final int GROUP_ID = Fields.id("group.id");
  static final int SUDO_RUNAS = Fields.id("sudo.runas");
  static final int TTY_NAME = Fields.id("process.tty");
  static final int USER_HOME = Fields.id("user.target.home");
  static final int USER_SHELL = Fields.id("user.target.shell");
  static final int COMMAND_LINE = Fields.id("process.command_line");
  static final int EXECUTABLE = Fields.id("process.executable");
  static final int PROCESS_ID = Fields.id("process.pid");
  static final int DIRECTORY = Fields.id("process.working_directory");
  static final int PARENT_EXECUTABLE = Fields.id("process.parent.executable");
  static final int PARENT_NAME = Fields.id("process.parent.name");
  static final int PARENT_COMMAND_LINE = Fields.id("process.parent.command_line");
  static final int PARENT_ID = Fields.id("process.parent.pid");
  static final int METHOD = Fields.id("http.request.method");
  static final int HTTP_VERSION = Fields.id("http.version");
  static final int STATUS = Fields.id("http.response.status_code");
  static final int BODY_BYTES = Fields.id("http.response.body.bytes");
  static final int REFERRER = Fields.id("http.request.referrer");
  static final int USER_AGENT = Fields.id("user_agent.original");
  static final int URL = Fields.id("url.original");
  static final int URL_PATH = Fields.id("url.path");
  static final int URL_QUERY = Fields.id("url.query");
  static final int URL_PORT = Fields.id("url.port");
  static final int FORWARDED_IP = Fields.id("network.forwarded_ip");
  static final int SERVER_NAME = Fields.id("server.domain");
  static final int THREAD_ID = Fields.id("process.thread.id");
  static final int CLIENT_MAC = Fields.id("client.mac");
  static final int CLIENT_IP = Fields.id("client.ip");
  static final int CLIENT_NAME = Fields.id("client.domain");
  static final int SOURCE_NAT_IP = Fields.id("source.nat.ip");
  static final int SOURCE_NAT_PORT = Fields.id("source.nat.port");
  static final int DESTINATION_NAT_IP = Fields.id("destination.nat.ip");
  static final int DESTINATION_NAT_PORT = Fields.id("destination.nat.port");
  static final int DESTINATION_USER = Fields.id("destination.user.name");
  static final int SOURCE_USER = Fields.id("source.user.name");
  static final int DURATION = Fields.id("event.duration");
  static final int DIRECTION = Fields.id("network.direction");
  static final int RULE_NAME = Fields.id("rule.name");
  static final int DNS_RESOLVED_IP = Fields.id("dns.resolved_ip");
  static final int DNS_ANSWER = Fields.id("dns.answers.data");
  static final int DNS_SERVER = Fields.id("server.ip");
  static final int URL_DOMAIN = Fields.id("url.domain");
  static final int DNS_QUESTION = Fields.id("dns.question.name");
  static final int DNS_TYPE = Fields.id("dns.question.type");
  static final int DNS_CLASS = Fields.id("dns.question.class");
  static final int DNS_RESPONSE = Fields.id("dns.response_code");
  static final int SERVICE_UNIT = Fields.id("systemd.unit");
  static final int CISCO_CODE = Fields.id("cisco.code");

  private Names() {}
}
