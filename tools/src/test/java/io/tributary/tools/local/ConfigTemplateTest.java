package io.tributary.tools.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTemplateTest {
  @Test
  void fillsTokensAndLeavesConnectsOwnSyntaxAlone() {
    String text =
        """
        {"name": "sink", "config": {"a": "http://@{host.name}:@{port}/", "b": "${source.table}"}}
        """;

    assertThat(ConfigTemplate.fill(text, Map.of("host.name", "h$1", "port", "80")).toString())
        .isEqualTo(
            "{\"name\":\"sink\",\"config\":{\"a\":\"http://h$1:80/\",\"b\":\"${source.table}\"}}");
  }

  @Test
  void namesTheTokenThatHasNoValue() {
    String text = "{\"name\": \"sink\", \"config\": {\"a\": \"@{port}\"}}";

    assertThatThrownBy(() -> ConfigTemplate.fill(text, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("@{port}");
  }

  @Test
  void refusesWhatIsNoConnectorFile() {
    for (String text : new String[] {"[]", "{}", "{\"name\": \"x\"}", "{"}) {
      assertThatThrownBy(() -> ConfigTemplate.fill(text, Map.of()))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
