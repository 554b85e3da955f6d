import { Monitor, Moon, Sun } from "lucide-react";
import { RadioGroup } from "@/components/common/RadioGroup";
import { Switch } from "@/components/common/Switch";
import { SettingsSection } from "@/components/settings/SettingsSection";
import { useSavedMark } from "@/components/settings/useSavedMark";
import { settingsText } from "@/messages/settings";
import { useUi } from "@/store/ui";

const words = settingsText.appearance;

function withIcon(Icon: typeof Sun, label: string) {
  return (
    <>
      <Icon aria-hidden />
      {label}
    </>
  );
}

export function AppearanceSettings() {
  const { theme, density, reducedMotion } = useUi();
  const [saved, change] = useSavedMark();
  return (
    <SettingsSection title={words.title} saved={saved}>
      <RadioGroup
        look="segmented"
        label={words.theme}
        value={theme}
        onValueChange={(chosen) => change({ theme: chosen })}
        options={[
          { value: "system", label: withIcon(Monitor, words.system) },
          { value: "light", label: withIcon(Sun, words.light) },
          { value: "dark", label: withIcon(Moon, words.dark) },
        ]}
      />
      <RadioGroup
        look="segmented"
        label={words.density}
        value={density}
        onValueChange={(chosen) => change({ density: chosen })}
        options={[
          { value: "comfortable", label: words.comfortable },
          { value: "compact", label: words.compact },
        ]}
      />
      <Switch
        label={words.motion}
        description={words.motionHint}
        checked={reducedMotion}
        onCheckedChange={(on) => change({ reducedMotion: on })}
      />
    </SettingsSection>
  );
}
