import { askAboutFile } from "@contact_center/composer/file_dialog";

import { Attachment } from "@mail/core/common/attachment_model";
import { AttachmentUploader } from "@mail/core/common/attachment_uploader_hook";
import { AttachmentUploadService } from "@mail/core/common/attachment_upload_service";
import { fields } from "@mail/core/common/record";

import { patch } from "@web/core/utils/patch";

const CONVERSATION = "contact_center.conversation";

patch(AttachmentUploader.prototype, {
    /**
     * Asks, before anything is uploaded, whether the citizen's channel takes the file; chosen by
     * button, pasted or dropped, every file comes by here. Recordings are converted later.
     */
    async uploadFile(file, options) {
        const conversation = this.composer?.thread?.contact_center_conversation;
        const isAnswer = conversation?.composer?.text_max && !this.composer.isContactCenterNote;
        if (!isAnswer || options?.voice) {
            return super.uploadFile(file, options);
        }
        const { dialog, orm } = this.attachmentUploadService.env.services;
        const { name, size, type } = file;
        const [verdict] = await orm.call(CONVERSATION, "check_files", [
            [conversation.id],
            [{ name, size, type }],
        ]);
        if (!verdict.problem) {
            return super.uploadFile(file, options);
        }
        const choice = await askAboutFile(dialog, verdict);
        if (!choice) {
            return undefined;
        }
        const attachment = await super.uploadFile(file, { ...options, original: true });
        if (attachment && choice === "reduce") {
            await this.reducePhoto(conversation, attachment);
        }
        return attachment;
    },
    /**
     * Lets the server make a photo of a picture; meanwhile nothing can be sent.
     *
     * @param {Object} conversation
     * @param {import("models").Attachment} attachment
     */
    async reducePhoto(conversation, attachment) {
        const { orm, ["mail.store"]: store } = this.attachmentUploadService.env.services;
        attachment.isBeingReduced = true;
        try {
            const data = await orm.call(CONVERSATION, "reduce_photo", [
                [conversation.id],
                attachment.id,
            ]);
            store.insert(data);
            attachment.isBeingReduced = false;
        } catch (error) {
            attachment.isBeingReduced = false;
            await this.unlink(attachment);
            throw error;
        }
    },
});

patch(Attachment.prototype, {
    setup() {
        super.setup(...arguments);
        /** Whether the server makes a photo of it: as while it is uploaded, it cannot be sent. */
        this.isBeingReduced = fields.Attr(false);
    },
    get uploading() {
        return this.isBeingReduced || super.uploading;
    },
});

patch(AttachmentUploadService.prototype, {
    _buildFormData(formData, tmpURL, thread, composer, tmpId, options) {
        super._buildFormData(...arguments);
        if (options?.original) {
            formData.append("contact_center_original", true);
        }
        return formData;
    },
});
