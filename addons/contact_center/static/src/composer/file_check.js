import { askAboutFile } from "@contact_center/composer/file_dialog";

import { AttachmentUploader } from "@mail/core/common/attachment_uploader_hook";
import { AttachmentUploadService } from "@mail/core/common/attachment_upload_service";

import { patch } from "@web/core/utils/patch";

const CONVERSATION = "contact_center.conversation";
const VIDEO_NAME = /\.(mp4|m4v|3gp|3gpp)$/i;

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
            // A video's codecs are seen in the file only: checked as it arrives
            const isVideo = type.startsWith("video/") || VIDEO_NAME.test(name);
            return super.uploadFile(file, isVideo ? { ...options, fileChoice: "answer" } : options);
        }
        const choice = await askAboutFile(dialog, verdict);
        if (!choice) {
            return undefined;
        }
        return super.uploadFile(file, { ...options, fileChoice: choice });
    },
});

patch(AttachmentUploadService.prototype, {
    _buildFormData(formData, tmpURL, thread, composer, tmpId, options) {
        super._buildFormData(...arguments);
        if (options?.fileChoice) {
            formData.append("contact_center_choice", options.fileChoice);
        }
        return formData;
    },
});
