import { zodResolver } from "@hookform/resolvers/zod";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import type { Severity } from "@/api/gql/graphql";
import { Button } from "@/components/common/Button";
import { Dialog } from "@/components/common/Dialog";
import { Field } from "@/components/common/Field";
import { Input } from "@/components/common/Input";
import { Select } from "@/components/common/Select";
import { Textarea } from "@/components/common/Textarea";
import { toast } from "@/components/common/toast";
import { useOfflineReason } from "@/hooks/useOfflineReason";
import { useSendNotification } from "@/hooks/useUserChanges";
import { levelText, notifyText } from "@/messages/users";
import { FormError } from "./FormError";
import { showErrors } from "./formErrors";
import { BLANK_NOTICE, type NoticeValues, noticeSchema } from "./noticeForm";
import { submitOnCtrlEnter } from "./submitKeys";

const LEVELS = (Object.keys(levelText) as Severity[]).map((value) => ({
  value,
  label: levelText[value],
}));

interface NotifyDialogProps {
  people: readonly { id: string; name: string }[];
  onClose: () => void;
}

export function NotifyDialog({ people, onClose }: NotifyDialogProps) {
  const formId = useId();
  const send = useSendNotification();
  const offline = useOfflineReason();
  // One for each notice meant: a repetition after a lost answer sends nothing twice.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const form = useForm<NoticeValues>({
    resolver: zodResolver(noticeSchema),
    defaultValues: BLANK_NOTICE,
    mode: "onTouched",
  });
  const { errors } = form.formState;

  async function submit(values: NoticeValues) {
    const input = { ...values, userIds: people.map((person) => person.id) };
    try {
      await send.mutateAsync({ input, idempotencyKey });
      toast.success(notifyText.sent(people.length));
      onClose();
    } catch (error) {
      showErrors(form, error);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={notifyText.title}
      description={notifyText.to(people.map((person) => person.name))}
      footer={
        <>
          <Button onClick={onClose}>{notifyText.cancel}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={send.isPending}
            reason={offline}
          >
            {notifyText.send}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={form.handleSubmit(submit)}
        onKeyDown={submitOnCtrlEnter}
        className="flex flex-col gap-4"
      >
        <FormError message={errors.root?.message} />
        <Field label={notifyText.subject} error={errors.title?.message}>
          {(field) => <Input {...field} {...form.register("title")} />}
        </Field>
        <Field label={notifyText.body} error={errors.body?.message}>
          {(field) => <Textarea {...field} rows={4} {...form.register("body")} />}
        </Field>
        <Field label={notifyText.level} error={errors.level?.message}>
          {(field) => <Select {...field} options={LEVELS} {...form.register("level")} />}
        </Field>
        <Field label={notifyText.link} hint={notifyText.linkHint} error={errors.link?.message}>
          {(field) => <Input {...field} inputMode="url" {...form.register("link")} />}
        </Field>
      </form>
    </Dialog>
  );
}
