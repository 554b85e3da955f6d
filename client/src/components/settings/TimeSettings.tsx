import { Field } from "@/components/common/Field";
import { formatDateTime } from "@/components/common/format";
import { RadioGroup } from "@/components/common/RadioGroup";
import { Select } from "@/components/common/Select";
import { SettingsSection } from "@/components/settings/SettingsSection";
import { useSavedMark } from "@/components/settings/useSavedMark";
import { useNow } from "@/hooks/useNow";
import { settingsText } from "@/messages/settings";
import { useUi, useZone } from "@/store/ui";
import { browserZone } from "@/store/zone";

const words = settingsText.time;
const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

export function TimeSettings() {
  const { timeZone, hour12 } = useUi();
  const zone = useZone();
  const now = useNow();
  const [saved, change] = useSavedMark();
  const example = formatDateTime(now, { zone, hour12, showZone: true });
  return (
    <SettingsSection title={words.title} saved={saved}>
      <Field label={words.zone} hint={words.zoneHint(example)}>
        {(control) => (
          <Select
            {...control}
            value={timeZone}
            onChange={(event) => change({ timeZone: event.target.value })}
            className="max-w-sm"
          >
            <option value="system">{words.zoneSystem(browserZone())}</option>
            {zones.map((name) => (
              <option key={name} value={name}>
                {name.replaceAll("_", " ")}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <RadioGroup
        look="segmented"
        label={words.clock}
        value={hour12 ? "12" : "24"}
        onValueChange={(hours) => change({ hour12: hours === "12" })}
        options={[
          { value: "24", label: words.hours24 },
          { value: "12", label: words.hours12 },
        ]}
      />
    </SettingsSection>
  );
}
