import { PageHeader } from "@/components/common/PageHeader";
import { AppearanceSettings } from "@/components/settings/AppearanceSettings";
import { KeyboardSettings } from "@/components/settings/KeyboardSettings";
import { PasswordForm } from "@/components/settings/PasswordForm";
import { SettingsSection } from "@/components/settings/SettingsSection";
import { TimeSettings } from "@/components/settings/TimeSettings";
import { settingsText } from "@/messages/settings";

export default function SettingsPage() {
  const { title, password } = settingsText;
  return (
    <div className="w-full max-w-4xl">
      <PageHeader title={title} />
      <div className="grid gap-4">
        <AppearanceSettings />
        <TimeSettings />
        <KeyboardSettings />
        <SettingsSection title={password.title} intro={password.intro}>
          <PasswordForm />
        </SettingsSection>
      </div>
    </div>
  );
}
