import { Switch } from "@/components/common/Switch";
import { SettingsSection } from "@/components/settings/SettingsSection";
import { useSavedMark } from "@/components/settings/useSavedMark";
import { settingsText } from "@/messages/settings";
import { useUi } from "@/store/ui";

const words = settingsText.keyboard;

export function KeyboardSettings() {
  const shortcuts = useUi((ui) => ui.shortcuts);
  const [saved, change] = useSavedMark();
  return (
    <SettingsSection title={words.title} saved={saved}>
      <Switch
        label={words.shortcuts}
        description={words.shortcutsHint}
        checked={shortcuts}
        onCheckedChange={(on) => change({ shortcuts: on })}
      />
    </SettingsSection>
  );
}
